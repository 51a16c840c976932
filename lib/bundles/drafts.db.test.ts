import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { checkDraft } from "#lib/bundles/check.ts";
import { archiveBundle } from "#lib/bundles/commands/archive-bundle.ts";
import { createBundle } from "#lib/bundles/commands/create-bundle.ts";
import { createSystem } from "#lib/bundles/commands/create-system.ts";
import { discardDraft, importDocument, renameDraft, saveDraft } from "#lib/bundles/commands/save-draft.ts";
import { startDraft } from "#lib/bundles/commands/start-draft.ts";
import { exportVersion, listDrafts, listVersions, showBundle, showDraft, showVersion } from "#lib/bundles/queries.ts";
import { bundleBySlug, insertVersion } from "#lib/bundles/store.ts";
import type { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";

const system = "assistant";
const base = "# how it answers\nsampling:\n  temperature: 0.2 # calm\n";
const source = { base, overlays: { production: "sampling:\n  temperature: 0.1\n" } };
let ada: Actor;
let grace: Actor;
let count = 0;

beforeAll(async () => {
  ada = await aPerson({ name: "Ada", roles: ["administrator"] });
  grace = await aPerson({ name: "Grace", roles: ["author"] });
  await createSystem(ada, { slug: system, name: "Assistant", owningTeam: "T", riskTier: "high", template: "empty" });
});

async function aBundle(): Promise<string> {
  count += 1;
  const slug = `bundle-${count}`;
  await createBundle(grace, { system, slug, name: `Bundle ${count}` });
  return slug;
}

async function aDraft(bundle?: string) {
  const slug = bundle ?? (await aBundle());
  const { draftId } = await startDraft(grace, { system, bundle: slug, title: "Calmer" });
  return { draftId, bundle: slug };
}

/** A version as applying a change request would make it. */
async function aVersion(bundle: string, semver = "1.0.0"): Promise<string> {
  const { id } = await bundleBySlug(database(), system, bundle);
  const now = new Date();
  return database().$transaction(async (tx) => {
    const version = await insertVersion(
      tx,
      {
        bundleId: id,
        semver,
        source,
        document: {
          base: { sampling: { temperature: 0.2 } },
          overlays: { production: { sampling: { temperature: 0.1 } } },
        },
        note: "For a test",
        baseVersionId: null,
        changeRequestId: null,
        createdBy: "Ada",
        environments: ["development", "staging", "production"],
      },
      now,
    );
    await appendAudit(tx, { actor: ada, command: "test", now }, [
      { action: "version.published", subject: { type: "version", id: version.id }, summary: "Published for a test" },
    ]);
    return version.id;
  });
}

const refused = (code: Refusal["code"]) => expect.objectContaining({ name: "Refusal", code });

describe("saving a draft", () => {
  test("of two people who save the same revision, one is told who was first, and nothing is overwritten", async () => {
    const { draftId } = await aDraft();
    await saveDraft(grace, { draftId, revision: 1, source });
    const answer = await saveDraft(ada, { draftId, revision: 1, source: { base: "a: 1\n", overlays: {} } }).catch(
      (error) => error,
    );
    expect(answer).toEqual(refused("conflict"));
    expect(answer.message).toContain("Grace saved this draft meanwhile");
    expect(answer.details).toMatchObject({ revision: 2, updatedBy: "Grace" });
    expect(await showDraft(ada, { draftId })).toMatchObject({ source, revision: 2, updatedBy: "Grace" });
  });

  test("many at once: each revision is won once", async () => {
    const { draftId } = await aDraft();
    const saves = Array.from({ length: 8 }, (_, index) =>
      saveDraft(grace, { draftId, revision: 1, source: { base: `a: ${index}\n`, overlays: {} } }),
    );
    const outcomes = await Promise.allSettled(saves);
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect((await showDraft(ada, { draftId })).revision).toBe(2);
    const events = await database().auditEvent.count({ where: { subjectId: draftId, action: "draft.saved" } });
    expect(events).toBe(1);
  });

  test("keeps text that can't be read yet, and the log holds digests instead of texts", async () => {
    const { draftId } = await aDraft();
    const unfinished = { base: "sampling: [unfinished\n", overlays: {} };
    await saveDraft(grace, { draftId, revision: 1, source: unfinished });
    expect((await showDraft(grace, { draftId })).source).toEqual(unfinished);
    const event = await database().auditEvent.findFirstOrThrow({
      where: { subjectId: draftId, action: "draft.saved" },
    });
    expect(JSON.stringify(event.detail)).not.toContain("unfinished");
    expect(event.detail).toMatchObject({ layers: ["base"] });
  });

  test("takes a role that may edit", async () => {
    const { draftId } = await aDraft();
    const viewer = await aPerson({ roles: ["viewer"] });
    await expect(saveDraft(viewer, { draftId, revision: 1, source })).rejects.toEqual(refused("forbidden"));
  });
});

describe("importing into a draft", () => {
  test("replaces one layer, YAML or JSON", async () => {
    const { draftId } = await aDraft();
    await saveDraft(grace, { draftId, revision: 1, source });
    await importDocument(grace, { draftId, revision: 2, layer: "base", text: '{"sampling": {"temperature": 0.4}}' });
    const draft = await showDraft(grace, { draftId });
    expect(draft.source).toEqual({ ...source, base: '{"sampling": {"temperature": 0.4}}' });
  });

  test.each([
    ["a key that stands twice", "a: 1\nb: 2\na: 3\n", 3],
    ["a custom tag", "a: 1\nb: !!js/function x\n", 2],
    ["a reach for the prototype", '{"__proto__": {"isAdmin": true}}', 1],
    ["text that is no mapping", "- a\n- b\n", 1],
  ])("%s is refused with its line, and nothing changes", async (_, text, line) => {
    const { draftId } = await aDraft();
    await saveDraft(grace, { draftId, revision: 1, source });
    const answer = await importDocument(grace, { draftId, revision: 2, layer: "production", text }).catch(
      (error) => error,
    );
    expect(answer).toEqual(refused("invalid"));
    expect(answer.details.problems[0]).toMatchObject({ line, severity: "error" });
    expect(await showDraft(grace, { draftId })).toMatchObject({ source, revision: 2 });
  });
});

describe("a draft's end", () => {
  test("what is discarded can neither be saved nor discarded again", async () => {
    const { draftId, bundle } = await aDraft();
    await renameDraft(grace, { draftId, revision: 1, title: "Calmer still" });
    await discardDraft(grace, { draftId, revision: 2 });
    await expect(saveDraft(grace, { draftId, revision: 3, source })).rejects.toThrow("discarded; start a new one");
    await expect(discardDraft(grace, { draftId, revision: 3 })).rejects.toEqual(refused("conflict"));
    expect((await listDrafts(grace, { system, bundle })).items).toEqual([]);
  });
});

describe("bundles and their versions", () => {
  test("a draft starts from the newest version, or from the one that is named", async () => {
    const bundle = await aBundle();
    const first = await aVersion(bundle, "1.0.0");
    const second = await aVersion(bundle, "1.1.0");
    const newest = await startDraft(grace, { system, bundle });
    const older = await startDraft(grace, { system, bundle, fromVersion: first });
    expect(await showDraft(grace, newest)).toMatchObject({ baseVersionId: second, source });
    expect(await showDraft(grace, older)).toMatchObject({ baseVersionId: first });
    expect((await listVersions(grace, { system, bundle, limit: 1 })).items.map((one) => one.semver)).toEqual(["1.1.0"]);
    expect(await showBundle(grace, { system, bundle })).toMatchObject({ drafts: 2, newest: { semver: "1.1.0" } });
    const elsewhere = await aBundle();
    await expect(startDraft(grace, { system, bundle: elsewhere, fromVersion: first })).rejects.toEqual(
      refused("invalid"),
    );
  });

  test("a version shows and exports each layer and each effective configuration", async () => {
    const versionId = await aVersion(await aBundle());
    const version = await showVersion(grace, { versionId });
    expect(version.effective.map((one) => [one.environment.slug, one.value])).toEqual([
      ["development", { sampling: { temperature: 0.2 } }],
      ["staging", { sampling: { temperature: 0.2 } }],
      ["production", { sampling: { temperature: 0.1 } }],
    ]);
    expect(version.effective[2]?.provenance).toEqual({ "/sampling/temperature": "production" });
    expect(version.effective[2]?.digest).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect((await exportVersion(grace, { versionId })).text).toBe(base);
    const json = await exportVersion(grace, { versionId, layer: "production", format: "json", effective: "true" });
    expect(JSON.parse(json.text)).toEqual({ sampling: { temperature: 0.1 } });
    await expect(exportVersion(grace, { versionId, layer: "staging" })).rejects.toEqual(refused("not_found"));
  });

  test("an archived bundle starts no drafts and keeps its history", async () => {
    const bundle = await aBundle();
    const versionId = await aVersion(bundle);
    const { revision } = await showBundle(ada, { system, bundle });
    await archiveBundle(ada, { system, bundle, revision, reason: "Replaced by another" });
    await expect(startDraft(grace, { system, bundle })).rejects.toThrow("is archived");
    await expect(
      archiveBundle(ada, { system, bundle, revision: revision + 1, reason: "Replaced by another" }),
    ).rejects.toEqual(refused("conflict"));
    expect((await showVersion(grace, { versionId })).semver).toBe("1.0.0");
  });

  test("a bundle that a request carries, or that an author would archive, stays", async () => {
    const bundle = await aBundle();
    const { revision } = await showBundle(ada, { system, bundle });
    const reason = "Replaced by another";
    await expect(archiveBundle(grace, { system, bundle, revision, reason })).rejects.toEqual(refused("forbidden"));
    await expect(createBundle(grace, { system, slug: bundle, name: "Twin" })).rejects.toEqual(refused("conflict"));
  });
});

describe("checking what is being written", () => {
  test("finds problems by line, what changes, and the version that it would be; nothing is stored", async () => {
    const bundle = await aBundle();
    const baseVersionId = await aVersion(bundle);
    const events = await database().auditEvent.count();
    const changed = { ...source, base: base.replace("0.2", "0.4") };
    const check = await checkDraft(grace, { system, bundle, source: changed, baseVersionId });
    expect(check.changes).toMatchObject([
      { pointer: "/sampling/temperature", before: 0.2, after: 0.4, environments: ["development", "staging"] },
    ]);
    expect(check.proposal?.semver).toBe("1.1.0");
    expect(check.digest).toMatch(/^sha256:/u);

    const broken = { ...source, base: `${base}sampling: 1\nkey: sk-proj-${"a1".repeat(16)}\n` };
    const found = await checkDraft(grace, { system, bundle, source: broken, baseVersionId });
    expect(found).toMatchObject({ digest: null, proposal: null, changes: [] });
    expect(found.problems[0]).toMatchObject({ rule: "yaml.duplicate_key", layer: "base", line: 4, column: 1 });
    expect(await database().auditEvent.count()).toBe(events);
  });

  test("names a secret by its place and never by its text", async () => {
    const bundle = await aBundle();
    const secret = `sk-proj-${"a1".repeat(16)}`;
    const check = await checkDraft(grace, {
      system,
      bundle,
      source: { base: `provider:\n  key: ${secret}\n`, overlays: {} },
      baseVersionId: null,
    });
    const [problem] = check.problems.filter((one) => one.rule === "secret");
    expect(problem).toMatchObject({ layer: "base", pointer: "/provider/key", line: 2, severity: "error" });
    expect(JSON.stringify(check.problems)).not.toContain(secret);
  });
});
