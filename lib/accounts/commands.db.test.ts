import { describe, expect, test } from "vitest";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { grantRole, revokeRole } from "#lib/accounts/commands/grants.ts";
import { addMember, createGroup, removeMember } from "#lib/accounts/commands/groups.ts";
import { createPerson, deactivatePerson, reactivatePerson, renamePerson } from "#lib/accounts/commands/people.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { newId } from "#lib/kernel/id.ts";
import { database } from "#lib/platform/db.ts";

const setUp = bootstrapActor(new Date());

async function epochOf(personId: string): Promise<number> {
  return (await database().person.findUniqueOrThrow({ where: { id: personId } })).sessionEpoch;
}

async function aSystem(): Promise<{ id: string; slug: string }> {
  const id = newId();
  const slug = `system-${id.slice(-12)}`;
  const environments = ["staging", "production"].map((name, position) => ({ id: newId(), slug: name, name, position }));
  const [system] = await database().$transaction(async (tx) => {
    const made = await tx.system.create({
      data: {
        id,
        slug,
        name: slug,
        description: "",
        owningTeam: "",
        riskTier: "high",
        template: "empty",
        createdAt: new Date(),
        environments: { create: environments },
      },
    });
    const { appendAudit } = await import("#lib/audit/append.ts");
    await appendAudit(tx, { actor: setUp, command: "system.create", now: new Date() }, [
      { action: "system.created", subject: { type: "system", id: slug }, summary: "Made a system" },
    ]);
    return [made];
  });
  return system;
}

describe("people", () => {
  test("a person holds their own roles and those of their groups", async () => {
    const safety = await createGroup(setUp, { slug: "safety", name: "Safety" });
    await grantRole(setUp, { group: safety.slug, role: "reviewer" });
    const ada = await aPerson({ name: "Ada", roles: ["author"], groups: ["safety"] });
    expect(ada.grants.map((grant) => grant.role).sort()).toEqual(["author", "reviewer"]);
    expect(ada.groups).toEqual(["safety"]);
  });

  test("an address belongs to one person, however it is spelt", async () => {
    await aPerson({ email: "grace@example.org" });
    await expect(createPerson(setUp, { email: " Grace@Example.org", name: "Grace" })).rejects.toMatchObject({
      code: "conflict",
      fields: { email: expect.any(Array) },
    });
  });

  test("people rename themselves, and only administrators rename others", async () => {
    const [ada, grace] = [await aPerson({ name: "Ada" }), await aPerson({ name: "Grace" })];
    await renamePerson(ada, { personId: ada.id, name: "Ada L." });
    await expect(renamePerson(ada, { personId: grace.id, name: "x" })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of two renames from the same revision, one wins and the other is told", async () => {
    const ada = await aPerson();
    const both = await Promise.allSettled(
      ["A", "B"].map((name) => renamePerson(ada, { personId: ada.id, name, revision: 1 })),
    );
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a deactivated person cannot act until they are let in again", async () => {
    await aPerson({ roles: ["administrator"] });
    const ada = await aPerson();
    await deactivatePerson(setUp, { personId: ada.id, reason: "left" });
    await expect(actorOfPerson(database(), ada.id, { channel: "job" })).rejects.toMatchObject({ code: "forbidden" });
    await reactivatePerson(setUp, { personId: ada.id });
    await expect(actorOfPerson(database(), ada.id, { channel: "job" })).resolves.toMatchObject({ id: ada.id });
  });
});

describe("roles", () => {
  test("an administrator of one system grants its roles, and no others", async () => {
    const [mine, other] = [await aSystem(), await aSystem()];
    const admin = await aPerson({ roles: [{ role: "administrator", system: mine.slug }] });
    const ada = await aPerson({ roles: [] });
    const to = { personId: ada.id, role: "author" };
    await grantRole(admin, { ...to, system: mine.slug, environment: "staging" });
    await expect(grantRole(admin, { ...to, system: other.slug })).rejects.toMatchObject({ code: "forbidden" });
    await expect(grantRole(admin, to)).rejects.toMatchObject({ code: "forbidden" });
    const granted = await actorOfPerson(database(), ada.id, { channel: "browser" });
    expect(granted.grants).toEqual([{ role: "author", systemId: mine.id, environment: "staging" }]);
  });

  test("a system or an environment that does not exist is named", async () => {
    const system = await aSystem();
    const ada = await aPerson();
    const wish = { personId: ada.id, role: "author", system: system.slug };
    await expect(grantRole(setUp, { ...wish, environment: "moon" })).rejects.toThrow("no environment moon");
    await expect(grantRole(setUp, { ...wish, system: "nowhere" })).rejects.toThrow("no system nowhere");
  });

  test("rivals grant a role once, so that revoking it once takes it away", async () => {
    const ada = await aPerson({});
    const wish = { personId: ada.id, role: "auditor" };
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => grantRole(setUp, wish)));
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    expect(refused).toEqual(Array.from({ length: 11 }, () => "conflict"));
    expect(await database().roleGrant.count({ where: { personId: ada.id, role: "auditor" } })).toBe(1);
  });

  test("a role with an end gives nothing after it", async () => {
    const ada = await aPerson({ roles: [] });
    const now = new Date("2026-01-01T00:00:00Z");
    await grantRole(setUp, { personId: ada.id, role: "auditor", expiresAt: "2026-01-02T00:00:00Z" }, { now });
    const at = (time: string) => actorOfPerson(database(), ada.id, { channel: "browser", now: new Date(time) });
    expect((await at("2026-01-01T23:59:59Z")).grants).toHaveLength(1);
    expect((await at("2026-01-02T00:00:00Z")).grants).toHaveLength(0);
  });

  test("every change of rights ends the sessions of those it concerns", async () => {
    await aPerson({ roles: ["administrator"] });
    const ada = await aPerson({ roles: [] });
    const { slug } = await createGroup(setUp, { slug: "on-call", name: "On call" });
    const { id } = await grantRole(setUp, { personId: ada.id, role: "author" });
    expect(await epochOf(ada.id)).toBe(2);
    await addMember(setUp, { group: slug, personId: ada.id });
    expect(await epochOf(ada.id)).toBe(3);
    await grantRole(setUp, { group: slug, role: "responder" });
    expect(await epochOf(ada.id)).toBe(4);
    await removeMember(setUp, { group: slug, personId: ada.id });
    expect(await epochOf(ada.id)).toBe(5);
    await revokeRole(setUp, { grantId: id });
    expect(await epochOf(ada.id)).toBe(6);
  });
});

test("the last administrator stays, even when two leave at once", async () => {
  const db = database();
  const others = await db.person.findMany({
    where: { deactivatedAt: null, grants: { some: { role: "administrator", systemId: null } } },
  });
  const [ada, grace] = [await aPerson({ roles: ["administrator"] }), await aPerson({ roles: ["administrator"] })];
  for (const other of others) await deactivatePerson(setUp, { personId: other.id });
  const both = await Promise.allSettled([
    deactivatePerson(ada, { personId: grace.id }),
    deactivatePerson(grace, { personId: ada.id }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  const last = await db.person.findFirstOrThrow({
    where: { deactivatedAt: null, grants: { some: { role: "administrator", systemId: null } } },
    include: { grants: true },
  });
  await expect(revokeRole(setUp, { grantId: last.grants[0]?.id })).rejects.toMatchObject({ code: "conflict" });
});

test("a command whose input holds a secret takes no Idempotency-Key", async () => {
  const input = { email: "key@example.org", name: "Key", password: "four plain words here" };
  await expect(createPerson(setUp, input, { idempotencyKey: "one" })).rejects.toMatchObject({ code: "invalid" });
  expect(await database().idempotencyKey.count()).toBe(0);
});
