import { expect, test } from "vitest";
import { baselineOf } from "./ratchet-baseline.ts";

const first = { guardrails: { pii: 0.1, tone: 0.2 } };
const later = { guardrails: { pii: 0.5, tone: 0.6 } };

test.each([
  ["nothing was accepted", [], first],
  [
    "one value was accepted",
    [{ effective: later, items: ["assistant#/guardrails/pii"] }],
    { guardrails: { pii: 0.5, tone: 0.2 } },
  ],
  ["all of it was accepted", [{ effective: later, items: [null] }], later],
  ["another bundle's value was accepted", [{ effective: later, items: ["router#/guardrails/pii"] }], first],
  [
    "a removal was accepted",
    [{ effective: { guardrails: { tone: 0.2 } }, items: ["assistant#/guardrails/pii"] }],
    { guardrails: { tone: 0.2 } },
  ],
])("relaxations count from the first configuration where %s", (_, acceptances, baseline) => {
  expect(baselineOf("assistant", first, acceptances)).toEqual(baseline);
});
