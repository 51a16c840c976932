import { expect, test } from "vitest";
import { may } from "#lib/access/may.ts";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { makeFirstAdministrator } from "#lib/accounts/first-administrator.ts";
import { database } from "#lib/platform/db.ts";

const first = { email: "owner@example.org", password: "correct horse battery" };

test("a password that is too short lets nobody in", async () => {
  await expect(makeFirstAdministrator({ ...first, password: "short" }, new Date())).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await database().person.count()).toBe(0);
});

test("the first administrator is let in once, and nobody after them by this way", async () => {
  expect(await makeFirstAdministrator(first, new Date())).toBe(true);
  expect(await makeFirstAdministrator({ ...first, email: "second@example.org" }, new Date())).toBe(false);
  const people = await database().person.findMany({ select: { email: true } });
  expect(people).toEqual([{ email: first.email }]);
  expect(may(await actorOfPerson(database(), first.email, { channel: "browser" }), "access:manage")).toBe(true);
  expect(await database().auditEvent.count({ where: { action: "person.created" } })).toBe(1);
});
