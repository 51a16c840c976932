import { expect, test } from "vitest";
import type { ParameterChange } from "#lib/bundles/model.ts";
import { PARAMETER_KINDS } from "#lib/systems/model.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import { aPolicy } from "./testing/facts.ts";
import { touchesOf, touchesOfRules } from "./touches.ts";

function aRow(of: Partial<ParameterChange>): ParameterChange {
  return { bundle: "assistant", pointer: "/a", meaning: "changed", locked: false, environments: [], ...of };
}

test("each environment is touched by what changes there alone", () => {
  const rows = [
    aRow({ kind: "guardrail", environments: ["production"] }),
    aRow({ kind: "sampling", locked: true, environments: ["staging"] }),
    aRow({ environments: ["staging", "production"] }),
  ];
  expect(touchesOf(rows, ["staging", "production"])).toEqual([
    { environment: "staging", kinds: ["sampling"], isLocked: true },
    { environment: "production", kinds: ["guardrail"], isLocked: false },
  ]);
});

const guardrail = aRule({ pattern: "/g", kind: "guardrail" });
const ordinary = aPolicy({ id: "all" });

test.each([
  ["nothing", {}, {}, []],
  [
    "a catalogue entry",
    { parameters: [guardrail] },
    { parameters: [{ ...guardrail, risk: "high" as const }] },
    ["guardrail"],
  ],
  ["the removal of an entry", { parameters: [guardrail] }, {}, ["guardrail"]],
  ["a policy for guardrails", { policies: [aPolicy({ kinds: ["guardrail"] })] }, {}, ["guardrail"]],
  [
    "a policy for everything",
    { policies: [ordinary] },
    { policies: [{ ...ordinary, approvals: 0 }] },
    [...PARAMETER_KINDS].sort(),
  ],
])("new rules that change %s", (_, before, after, kinds) => {
  expect(touchesOfRules(someRules(before), someRules(after), ["production"])[0]?.kinds).toEqual(kinds);
});

test("a rule that was or becomes locked asks for one approval more", () => {
  const locked = { ...guardrail, locked: true };
  for (const [before, after] of [
    [guardrail, locked],
    [locked, guardrail],
  ] as const) {
    const touches = touchesOfRules(someRules({ parameters: [before] }), someRules({ parameters: [after] }), [
      "production",
    ]);
    expect(touches[0]?.isLocked).toBe(true);
  }
});
