import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { toYaml } from "./edit-source.ts";
import { effectiveValue } from "./effective.ts";
import type { BundleDocument } from "./model.ts";
import { parseLayer } from "./parse.ts";
import { sourceWithValues, type WantedValue } from "./set-values.ts";

const rules = someRules({
  parameters: [
    aRule({ pattern: "/temperature" }),
    aRule({ pattern: "/limits" }),
    aRule({ pattern: "/seed", environmentPolicy: "same" }),
  ],
});

function sourceOf({ base, overlays }: BundleDocument) {
  return {
    base: toYaml(base),
    overlays: Object.fromEntries(Object.entries(overlays).map(([layer, value]) => [layer, toYaml(value)])),
  };
}

function given(document: BundleDocument, values: readonly WantedValue[]): BundleDocument {
  const question = { document, source: sourceOf(document), rules, bundle: "assistant", environment: "production" };
  const { base, overlays } = sourceWithValues({ ...question, values });
  const read = (text: string) => parseLayer(text, "base").value ?? {};
  return {
    base: read(base),
    overlays: Object.fromEntries(Object.entries(overlays).map(([layer, text]) => [layer, read(text)])),
  };
}

describe("values for one environment", () => {
  test.each<[string, BundleDocument, WantedValue, BundleDocument]>([
    [
      "what may differ goes into the overlay",
      { base: { temperature: 0.2 }, overlays: {} },
      { pointer: "/temperature", value: 0.4 },
      { base: { temperature: 0.2 }, overlays: { production: { temperature: 0.4 } } },
    ],
    [
      "what base says already leaves the overlay",
      { base: { temperature: 0.2, seed: 1 }, overlays: { production: { temperature: 0.4 } } },
      { pointer: "/temperature", value: 0.2 },
      { base: { temperature: 0.2, seed: 1 }, overlays: { production: {} } },
    ],
    [
      "what must be the same goes into base, and out of the overlay",
      { base: { seed: 1 }, overlays: { production: { seed: 2 } } },
      { pointer: "/seed", value: 3 },
      { base: { seed: 3 }, overlays: { production: {} } },
    ],
    [
      "an object is said as what differs from base",
      { base: { limits: { tokens: 1, calls: 2 } }, overlays: {} },
      { pointer: "/limits", value: { tokens: 1, time: 3 } },
      { base: { limits: { tokens: 1, calls: 2 } }, overlays: { production: { limits: { calls: null, time: 3 } } } },
    ],
    [
      "taking away what base has is null in the overlay",
      { base: { temperature: 0.2 }, overlays: {} },
      { pointer: "/temperature" },
      { base: { temperature: 0.2 }, overlays: { production: { temperature: null } } },
    ],
    [
      "null cannot be said in an overlay",
      { base: { temperature: 0.2 }, overlays: {} },
      { pointer: "/temperature", value: null },
      { base: { temperature: null }, overlays: {} },
    ],
    [
      "what the catalogue does not describe goes into base",
      { base: {}, overlays: {} },
      { pointer: "/extra/one", value: true },
      { base: { extra: { one: true } }, overlays: {} },
    ],
  ])("%s", (_, before, wanted, expected) => {
    expect(given(before, [wanted])).toEqual(expected);
  });

  test("the environment has them afterwards, and nothing else of it changes", () => {
    const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string({ unit: "grapheme-ascii", maxLength: 8 }));
    const limits = fc.dictionary(fc.constantFrom("a", "b", "c"), scalar, { maxKeys: 3 });
    const layer = fc.record({ temperature: scalar, limits, seed: scalar }, { requiredKeys: [] });
    const wanted = fc.oneof(
      fc.record({ pointer: fc.constantFrom("/temperature", "/seed"), value: fc.option(scalar, { nil: undefined }) }),
      fc.record({ pointer: fc.constant("/limits"), value: limits }),
    );
    fc.assert(
      fc.property(layer, layer, wanted, (base, overlay, { pointer, value }) => {
        const before: BundleDocument = { base: base as JsonObject, overlays: { production: overlay as JsonObject } };
        const now = effectiveValue(given(before, [{ pointer, ...(value !== undefined && { value }) }]), "production");
        expect(getAt(now, pointer)).toEqual(value);
        const rest = (document: JsonObject) =>
          Object.fromEntries(Object.entries(document).filter(([key]) => `/${key}` !== pointer));
        expect(rest(now)).toEqual(rest(effectiveValue(before, "production")));
      }),
    );
  });
});
