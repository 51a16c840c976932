import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NamedDifference } from "./differences.ts";
import { isToBeTold, type KnownFinding, type Move, planMoves } from "./findings.ts";
import { FINDING_STATES, type FindingState } from "./model.ts";

const now = new Date("2026-11-22T12:00:00Z");
const later = new Date("2026-11-23T12:00:00Z");
const before = new Date("2026-11-21T12:00:00Z");

function aDifference(of: Partial<NamedDifference> = {}): NamedDifference {
  return {
    kind: "value_changed",
    severity: "medium",
    pointer: "/temperature",
    declared: 0.4,
    observed: 0.9,
    declaredDigest: "sha256:d",
    observedDigest: "sha256:o",
    instances: 3,
    summary: "temperature is 0.9 instead of 0.4",
    fingerprint: "sha256:1",
    ...of,
  };
}

function aFinding(of: Partial<KnownFinding> = {}): KnownFinding {
  return {
    id: "finding",
    number: 12,
    fingerprint: "sha256:1",
    kind: "value_changed",
    severity: "medium",
    pointer: "/temperature",
    summary: "temperature is 0.9 instead of 0.4",
    state: "open",
    suppressedUntil: null,
    alertedAt: null,
    reopenings: 0,
    revision: 1,
    requestState: null,
    ...of,
  };
}

type Wish = {
  readonly known?: readonly KnownFinding[];
  readonly differences?: readonly NamedDifference[];
  readonly isConclusive?: boolean;
};
const plan = (wish: Wish) =>
  planMoves({ known: [], differences: [], isConclusive: true, now, ...wish }).map((move) => move.type);

const there = { differences: [aDifference()] };
const hidden = { differences: [aDifference({ ignoredBy: "rule" })] };

describe("a finding", () => {
  test.each([
    ["of a new difference is opened", { ...there }, ["open"]],
    ["of a new difference that a rule hides is not opened", { ...hidden }, []],
    ["that is open and still there stays", { ...there, known: [aFinding()] }, []],
    ["that somebody acknowledged stays", { ...there, known: [aFinding({ state: "acknowledged" })] }, []],
    ["that was resolved and is back is reopened", { ...there, known: [aFinding({ state: "resolved" })] }, ["reopen"]],
    ["that is gone is resolved", { known: [aFinding()] }, ["resolve"]],
    [
      "that is gone is resolved though suppressed",
      { known: [aFinding({ state: "suppressed", suppressedUntil: later })] },
      ["resolve"],
    ],
    ["that is gone is resolved though acknowledged", { known: [aFinding({ state: "acknowledged" })] }, ["resolve"]],
    [
      "that was accepted is resolved once declared",
      { known: [aFinding({ state: "accepted", requestState: "applied" })] },
      ["resolve"],
    ],
    ["that a rule hides from now on is resolved", { ...hidden, known: [aFinding()] }, ["resolve"]],
    ["of which nobody reports is not gone", { known: [aFinding()], isConclusive: false }, []],
    [
      "of silence is gone when nobody is silent",
      { known: [aFinding({ kind: "silent_runtime" })], isConclusive: false },
      ["resolve"],
    ],
    [
      "that is suppressed stays so until its date",
      { ...there, known: [aFinding({ state: "suppressed", suppressedUntil: later })] },
      [],
    ],
    [
      "that was suppressed wakes after its date",
      { ...there, known: [aFinding({ state: "suppressed", suppressedUntil: before })] },
      ["wake"],
    ],
    [
      "that was suppressed wakes though nobody reports",
      { known: [aFinding({ state: "suppressed", suppressedUntil: before })], isConclusive: false },
      ["wake"],
    ],
    [
      "whose request is under way stays accepted",
      { ...there, known: [aFinding({ state: "accepted", requestState: "open" })] },
      [],
    ],
    [
      "whose request was applied waits for the deployment",
      { ...there, known: [aFinding({ state: "accepted", requestState: "applied" })] },
      [],
    ],
    [
      "whose request was closed wakes",
      { ...there, known: [aFinding({ state: "accepted", requestState: "closed" })] },
      ["wake"],
    ],
    [
      "whose parameter is riskier now is reassessed",
      { ...there, known: [aFinding({ severity: "low" })] },
      ["reassess"],
    ],
    ["that is resolved and gone stays resolved", { known: [aFinding({ state: "resolved" })] }, []],
  ] as const)("%s", (_, wish, moves) => {
    expect(plan(wish)).toEqual(moves);
  });
});

/** What the store makes of the moves. */
function carriedOut(known: readonly KnownFinding[], moves: readonly Move[]): readonly KnownFinding[] {
  const all = new Map(known.map((finding) => [finding.id, finding]));
  for (const [index, move] of moves.entries()) {
    if (move.type === "open")
      all.set(`new ${index}`, aFinding({ ...move.difference, id: `new ${index}`, state: "open" }));
    else all.set(move.finding.id, moved(all.get(move.finding.id) ?? move.finding, move));
  }
  return [...all.values()];
}

function moved(finding: KnownFinding, move: Exclude<Move, { type: "open" }>): KnownFinding {
  if (move.type === "reopen") return { ...finding, state: "open", severity: move.difference.severity };
  if (move.type === "resolve") return { ...finding, state: "resolved" };
  if (move.type === "wake") return { ...finding, state: "open", suppressedUntil: null };
  return { ...finding, severity: move.severity };
}

test("whatever was known and found, doing what is planned leaves nothing to do, and each difference has one finding", () => {
  const number = fc.integer({ min: 1, max: 6 });
  const arbitraryState: fc.Arbitrary<FindingState> = fc.constantFrom(...FINDING_STATES);
  const arbitraryKnown = fc.uniqueArray(
    fc.record({ number, state: arbitraryState, until: fc.constantFrom(before, later) }),
    { selector: (one) => one.number },
  );
  const arbitraryFound = fc.uniqueArray(fc.record({ number, isHidden: fc.boolean() }), {
    selector: (one) => one.number,
  });
  fc.assert(
    fc.property(arbitraryKnown, arbitraryFound, fc.boolean(), (rows, found, isConclusive) => {
      const known = rows.map((row) =>
        aFinding({
          id: `known ${row.number}`,
          fingerprint: `sha256:${row.number}`,
          state: row.state,
          suppressedUntil: row.until,
          requestState: "open",
        }),
      );
      const differences = found.map((one) =>
        aDifference({ fingerprint: `sha256:${one.number}`, ...(one.isHidden && { ignoredBy: "rule" }) }),
      );
      const after = carriedOut(known, planMoves({ known, differences, isConclusive, now }));
      expect(planMoves({ known: after, differences, isConclusive, now })).toEqual([]);
      expect(new Set(after.map((finding) => finding.fingerprint)).size).toBe(after.length);
      const live = after.filter((finding) => finding.state !== "resolved").map((finding) => finding.fingerprint);
      const visible = differences.filter((one) => one.ignoredBy === undefined).map((one) => one.fingerprint);
      for (const fingerprint of visible) expect(live).toContain(fingerprint);
      if (isConclusive) expect(live.toSorted()).toEqual(visible.toSorted());
    }),
  );
});

describe("people are told", () => {
  const seen = { kind: "value_changed", state: "open", alertedAt: null } as const;
  test.each([
    ["of what was confirmed often enough", seen, 3, true],
    ["of what was not yet confirmed often enough", seen, 2, false],
    ["of what they were told before", { ...seen, alertedAt: before }, 9, false],
    ["of what somebody took on", { ...seen, state: "acknowledged" }, 9, false],
    ["of what a patch explains", { ...seen, kind: "hot_patched" }, 9, false],
    ["of silence", { ...seen, kind: "silent_runtime" }, 3, true],
  ] as const)("%s: %j after %i confirmations: %s", (_, finding, confirmations, isTold) => {
    expect(isToBeTold(finding, confirmations, 3)).toBe(isTold);
  });
});
