import { describe, expect, test } from "vitest";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { grantRole } from "#lib/accounts/commands/grants.ts";
import { changePassword, resetPassword } from "#lib/accounts/commands/passwords.ts";
import { deactivatePerson } from "#lib/accounts/commands/people.ts";
import { endAllSessions, endSession } from "#lib/accounts/commands/sessions.ts";
import { createToken, revokeToken } from "#lib/accounts/commands/tokens.ts";
import { SESSION_LIMITS } from "#lib/accounts/model.ts";
import { actorOfToken, personOfSession } from "#lib/accounts/session-actor.ts";
import { signInWithPassword } from "#lib/accounts/sign-in.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { database } from "#lib/platform/db.ts";

const setUp = bootstrapActor(new Date());
const password = "plain words of a test";
let port = 0;

/** A person with a password, and an address that nobody else comes from. */
async function aVisitor() {
  const email = `visitor-${++port}@example.org`;
  const actor = await aPerson({ email, password, roles: ["administrator"] });
  return { actor, email, from: { channel: "browser" as const, address: `198.51.100.${port}` } };
}

describe("signing in", () => {
  test("gives a session that leads back to the person", async () => {
    const { actor, email, from } = await aVisitor();
    const session = await signInWithPassword({ email: email.toUpperCase(), password }, from);
    expect((await personOfSession(session, from))?.actor).toMatchObject({ id: actor.id, kind: "person" });
    const events = await database().auditEvent.findMany({ where: { subjectId: actor.id, action: "session.started" } });
    expect(events).toHaveLength(1);
  });

  test("answers the same to an unknown person, a wrong password and someone deactivated", async () => {
    const { actor, email, from } = await aVisitor();
    const answers = [
      await signInWithPassword({ email, password: "wrong words" }, from).catch((error) => error),
      await signInWithPassword({ email: "nobody@example.org", password }, from).catch((error) => error),
    ];
    await deactivatePerson(setUp, { personId: actor.id });
    answers.push(await signInWithPassword({ email, password }, from).catch((error) => error));
    expect(new Set(answers.map(({ code, message }) => `${code} ${message}`)).size).toBe(1);
    const events = await database().auditEvent.findMany({
      where: { action: "session.refused", address: from.address },
    });
    expect(events).toHaveLength(3);
    expect(JSON.stringify(events.map((event) => event.canonical))).not.toMatch(/wrong words|plain words/);
  });

  test("of fifty guesses at once five are judged, and the owner waits with the guesser", async () => {
    const { email, from } = await aVisitor();
    const now = new Date();
    const guesses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        signInWithPassword({ email, password: `guess ${index}` }, { ...from, now }).catch((error) => error.code),
      ),
    );
    expect(guesses.filter((code) => code === "unauthenticated")).toHaveLength(5);
    expect(guesses.filter((code) => code === "too_many")).toHaveLength(45);
    await expect(signInWithPassword({ email, password }, { ...from, now })).rejects.toMatchObject({
      code: "too_many",
      details: { waitMs: 15 * 60_000 },
    });
    const later = { ...from, now: new Date(now.getTime() + 15 * 60_000) };
    await expect(signInWithPassword({ email, password }, later)).resolves.toMatchObject({ epoch: 1 });
  });

  test("from one address is slowed down, whatever accounts are tried", async () => {
    const from = { channel: "browser" as const, address: "203.0.113.9", now: new Date() };
    const codes: string[] = [];
    for (let guess = 0; guess < 21; guess++) {
      const typed = { email: `unknown-${guess}@example.org`, password: "x" };
      codes.push(await signInWithPassword(typed, from).catch((error) => error.code));
    }
    expect(codes.indexOf("too_many")).toBe(20);
  });

  test("a success forgives earlier failures", async () => {
    const { email, from } = await aVisitor();
    for (let round = 0; round < 3; round++) {
      for (let guess = 0; guess < 4; guess++) {
        await expect(signInWithPassword({ email, password: "wrong" }, from)).rejects.toThrow("not right");
      }
      await signInWithPassword({ email, password }, from);
    }
  });
});

describe("a session ends at once", () => {
  test.each([
    ["when it is signed out", async ({ actor, session }) => void (await endSession(actor, session))],
    ["when all are signed out", async ({ actor }) => void (await endAllSessions(actor, {}))],
    [
      "when a role is granted",
      async ({ actor }) => void (await grantRole(setUp, { personId: actor.id, role: "auditor" })),
    ],
    [
      "when the password is reset",
      async ({ actor }) => void (await resetPassword(setUp, { personId: actor.id, password: "other plain words" })),
    ],
    [
      "when its owner changes the password",
      async ({ actor }) => void (await changePassword(actor, { current: password, password: "other plain words" })),
    ],
    [
      "when its owner is deactivated",
      async ({ actor }) => void (await deactivatePerson(setUp, { personId: actor.id })),
    ],
  ] satisfies [
    string,
    (signedIn: {
      actor: Awaited<ReturnType<typeof aPerson>>;
      session: Awaited<ReturnType<typeof signInWithPassword>>;
    }) => Promise<void>,
  ][])("%s", async (_, end) => {
    await aPerson({ roles: ["administrator"] });
    const { actor, email, from } = await aVisitor();
    const session = await signInWithPassword({ email, password }, from);
    await end({ actor, session });
    expect(await personOfSession(session, from)).toBeNull();
  });

  test("at its idle and absolute limits, and use puts off only the first", async () => {
    const { email, from } = await aVisitor();
    const start = new Date("2026-03-01T00:00:00Z");
    const at = (milliseconds: number) => ({ ...from, now: new Date(start.getTime() + milliseconds) });
    const idle = await signInWithPassword({ email, password }, at(0));
    expect(await personOfSession(idle, at(SESSION_LIMITS.idle))).toBeNull();
    const used = await signInWithPassword({ email, password }, at(0));
    for (let time = 0; time < SESSION_LIMITS.absolute; time += SESSION_LIMITS.idle / 2) {
      expect(await personOfSession(used, at(time))).not.toBeNull();
    }
    expect(await personOfSession(used, at(SESSION_LIMITS.absolute))).toBeNull();
  });

  test("and nobody ends another's", async () => {
    const [ada, grace] = [await aVisitor(), await aVisitor()];
    const session = await signInWithPassword({ email: ada.email, password }, ada.from);
    await expect(endSession(grace.actor, session)).rejects.toMatchObject({ code: "not_found" });
    expect(await personOfSession(session, ada.from)).not.toBeNull();
  });
});

describe("an API token", () => {
  const api = { channel: "api" as const };

  test("acts with its own role, until it is revoked", async () => {
    const owner = await aPerson({ roles: ["administrator"] });
    const { id, secret } = await createToken(owner, { name: "ci", role: "author", days: 30 });
    expect(secret).toMatch(/^plb_[\w-]{43}$/);
    const machine = await actorOfToken(secret, api);
    expect(machine).toMatchObject({ kind: "token", id, grants: [{ role: "author", systemId: null }] });
    await revokeToken(owner, { tokenId: id });
    expect(await actorOfToken(secret, api)).toBeNull();
  });

  test("ends by itself, and with its owner", async () => {
    const owner = await aPerson({ roles: ["administrator"] });
    const now = new Date();
    const { secret } = await createToken(owner, { name: "ci", role: "author", days: 1 }, { now });
    const tomorrow = new Date(now.getTime() + 24 * 60 * 60_000);
    expect(await actorOfToken(secret, { ...api, now: tomorrow })).toBeNull();
    expect(await actorOfToken(secret, { ...api, now })).not.toBeNull();
    await deactivatePerson(setUp, { personId: owner.id });
    expect(await actorOfToken(secret, { ...api, now })).toBeNull();
  });

  test("lives at most a year", async () => {
    const owner = await aPerson({ roles: ["administrator"] });
    await expect(createToken(owner, { name: "ci", role: "author", days: 366 })).rejects.toMatchObject({
      code: "invalid",
      fields: { days: ["A token lives at most 365 days"] },
    });
  });

  test("leaves its secret nowhere in the database", async () => {
    const owner = await aPerson({ roles: ["administrator"] });
    const { secret } = await createToken(owner, { name: "ci", role: "author", days: 1 });
    const db = database();
    const [events, keys, tokens] = await Promise.all([
      db.auditEvent.findMany(),
      db.idempotencyKey.findMany(),
      db.apiToken.findMany(),
    ]);
    const everything = JSON.stringify([events, keys, tokens], (_, value) =>
      typeof value === "bigint" ? String(value) : value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice(10));
  });

  test("is made by people only, and gives no right that only people have", async () => {
    const owner = await aPerson({ roles: ["administrator"] });
    const { secret } = await createToken(owner, { name: "root", role: "administrator", days: 1 });
    const machine = await actorOfToken(secret, api);
    if (!machine) throw new Error("The token should hold");
    await expect(createToken(machine, { name: "child", role: "viewer", days: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(grantRole(machine, { personId: owner.id, role: "auditor" })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
