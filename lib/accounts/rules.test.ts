import { describe, expect, test } from "vitest";
import { SESSION_LIMITS } from "#lib/accounts/model.ts";
import {
  type AdministratorFacts,
  assertAdministratorRemains,
  assertGoodPassword,
  isSessionLive,
  safeCallback,
  tokenEnd,
  tokenState,
} from "#lib/accounts/rules.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

const now = new Date("2026-06-01T12:00:00Z");
const earlier = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

describe("a session", () => {
  const person = { sessionEpoch: 3, deactivatedAt: null };
  const session = {
    epoch: 3,
    createdAt: earlier(60_000),
    expiresAt: later(60_000),
    endedAt: null,
    lastSeenAt: null,
    person,
  };
  const old = { ...session, createdAt: earlier(SESSION_LIMITS.absolute - 1) };
  test.each([
    ["that just began is live", session, 3, true],
    ["that was ended is not", { ...session, endedAt: earlier(1) }, 3, false],
    ["past its end is not", { ...session, expiresAt: now }, 3, false],
    ["of someone deactivated is not", { ...session, person: { ...person, deactivatedAt: earlier(1) } }, 3, false],
    ["of before a change of rights is not", { ...session, person: { ...person, sessionEpoch: 4 } }, 3, false],
    ["with a cookie of another epoch is not", session, 4, false],
    ["used a moment ago is live, however long it lasts", { ...old, lastSeenAt: earlier(1) }, 3, true],
    ["not used for the idle limit is not", { ...old, lastSeenAt: earlier(SESSION_LIMITS.idle) }, 3, false],
    ["never used since it began long ago is not", old, 3, false],
    [
      "past the absolute limit is not, whatever its row says",
      { ...session, createdAt: earlier(SESSION_LIMITS.absolute), lastSeenAt: earlier(1) },
      3,
      false,
    ],
  ])("%s", (_, facts, epoch, isLive) => {
    expect(isSessionLive(facts, epoch, now)).toBe(isLive);
  });
});

describe("someone must remain who administers everything", () => {
  const grant = { role: "administrator" as const, systemId: null, environment: null, expiresAt: null };
  const ada: AdministratorFacts = { personId: "ada", isActive: true, grants: [grant] };
  const cases: readonly [string, readonly AdministratorFacts[], boolean][] = [
    ["one who stays", [ada], true],
    ["nobody", [], false],
    ["only someone deactivated", [{ ...ada, isActive: false }], false],
    ["only someone whose role ends", [{ ...ada, grants: [{ ...grant, expiresAt: later(1) }] }], false],
    ["only an administrator of one system", [{ ...ada, grants: [{ ...grant, systemId: "s" }] }], false],
    ["only an auditor", [{ ...ada, grants: [{ ...grant, role: "auditor" }] }], false],
  ];
  test.each(cases)("%s", (_, people, holds) => {
    if (holds) assertAdministratorRemains([ada], people);
    else expect(() => assertAdministratorRemains([ada], people)).toThrow(Refusal);
  });
  test("while there is none yet, none is missed", () => {
    assertAdministratorRemains([], []);
  });
});

test.each([
  ["several words", "correct horse battery", true],
  ["a repetition", "aaaaaaaaaaaaaaaa", false],
  ["mostly a common word", "password123456", false],
  ["one's own name and address", "adalovelace-ada", false],
  ["a phrase that has one's name in it", "lovelace wrote the first program", true],
])("as a password, %s", (_, password, isGood) => {
  const check = () => assertGoodPassword(password, { email: "adalovelace@example.org", name: "Ada Lovelace" });
  if (isGood) check();
  else expect(check).toThrow("too easy to guess");
});

test.each([
  [undefined, "/"],
  ["/changes/184?tab=diff", "/changes/184?tab=diff"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\tx", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?callbackUrl=/", "/"],
  ["/api/auth/signout", "/"],
])("after signing in, %s leads to %s", (asked, goesTo) => {
  expect(safeCallback(asked)).toBe(goesTo);
});

test("a token ends within a year, and is dead once it ends or is revoked", () => {
  expect(tokenEnd(365, now)).toEqual(new Date("2027-06-01T12:00:00Z"));
  expect(() => tokenEnd(366, now)).toThrow("at most 365 days");
  expect(tokenState({ expiresAt: later(1), revokedAt: null }, now)).toBe("live");
  expect(tokenState({ expiresAt: now, revokedAt: null }, now)).toBe("expired");
  expect(tokenState({ expiresAt: later(1), revokedAt: earlier(1) }, now)).toBe("revoked");
});
