import { expect, test } from "vitest";
import { type PatchPlaces, placeFrom, placeIn } from "#components/hot-patches/file/places.ts";

const bundles = [{ slug: "assistant", name: "Assistant" }];
const environments = [
  { slug: "production", name: "Production", isAtOnce: false, bundles },
  { slug: "staging", name: "Staging", isAtOnce: true, bundles },
];
const desk = { slug: "desk", name: "Desk", environments };
const claims = { slug: "claims", name: "Claims", environments };
const nowhere = { system: "", environment: "", bundle: "" };

test.each<[string, PatchPlaces, string | undefined, object]>([
  ["nothing remembered", [desk, claims], undefined, nowhere],
  ["a system that is gone", [desk, claims], "gone/production/assistant", nowhere],
  ["only one system there is", [desk], undefined, { system: "desk", environment: "production", bundle: "assistant" }],
  ["a place remembered", [desk, claims], "claims/staging/assistant", { system: "claims", environment: "staging" }],
  ["an environment that is gone", [desk, claims], "claims/gone", { system: "claims", environment: "production" }],
  ["nowhere to file", [], "desk/production/assistant", nowhere],
])("with %s", (_, places, remembered, chosen) => {
  expect(placeIn(places, placeFrom(remembered))).toMatchObject(chosen);
});
