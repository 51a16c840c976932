import { expect, test } from "vitest";
import type { BundleDocument } from "#lib/bundles/model.ts";
import { contentDigest, footprint } from "./content.ts";
import type { VersionContent } from "./model.ts";

const environments = ["development", "staging", "production"];

function version(document: BundleDocument, source = { base: "", overlays: {} }): VersionContent {
  const names = { bundleId: "b", slug: "assistant", draftId: "d", baseVersionId: "v", semver: "1.0.0", digest: "" };
  return { kind: "version", bundles: [{ ...names, ...document, source }] };
}

const before: BundleDocument = { base: { a: 1, b: 2 }, overlays: { production: { a: 9 } } };

test.each([
  ["an overlay", { ...before, overlays: { production: { a: 8 } } }, ["production"]],
  ["base where an overlay hides it in one", { ...before, base: { a: 5, b: 2 } }, ["development", "staging"]],
  ["base in sight of all", { ...before, base: { a: 1, b: 3 } }, environments],
  ["an overlay that comes to say what base says", { ...before, overlays: { production: { a: 1 } } }, ["production"]],
  ["nothing that takes effect", { ...before, overlays: { production: { a: 9 }, staging: { a: 1 } } }, environments],
])("a change of %s reaches %j", (_, after, reached) => {
  const facts = { environments, baseDocuments: new Map([["b", before]]) };
  expect(footprint(version(after), facts)).toEqual(reached);
});

test("a first version reaches every environment", () => {
  expect(footprint(version(before), { environments, baseDocuments: new Map() })).toEqual(environments);
});

test("the digest names the content whatever the order of its keys, and comments count", () => {
  const one = version({ base: { a: 1, b: 2 }, overlays: {} });
  expect(contentDigest(version({ base: { b: 2, a: 1 }, overlays: {} }))).toBe(contentDigest(one));
  const commented = version({ base: { a: 1, b: 2 }, overlays: {} }, { base: "# why\n", overlays: {} });
  expect(contentDigest(commented)).not.toBe(contentDigest(one));
});
