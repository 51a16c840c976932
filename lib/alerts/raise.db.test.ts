import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { deactivatePerson } from "#lib/accounts/commands/people.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aHouse, type House, setRules } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { disableChannel } from "./commands/switch-channel.ts";
import type { NewAlert } from "./model.ts";
import { aChannel, anAlert, raise } from "./testing/raising.ts";

const webhook = "https://hooks.example.org/plumbline";

let house: House;
let responder: Actor;
let elsewhere: Actor;
let owner: Actor;
let stranger: Actor;

beforeAll(async () => {
  house = await aHouse({ parameters: [aRule({ pattern: "/temperature", owner: "model-owners" })] });
  responder = await aPerson({ roles: [{ role: "responder", system: house.systemId, environment: "production" }] });
  elsewhere = await aPerson({ roles: [{ role: "responder", system: house.systemId, environment: "staging" }] });
  owner = await aPerson({ roles: [{ role: "viewer", system: house.systemId }], groups: ["model-owners"] });
  stranger = await aPerson({ roles: [], groups: ["model-owners"] });
});

/** Names of those who were told of it in their inbox, in the order of `people`. */
async function told(alert: NewAlert, people: readonly Actor[]): Promise<readonly boolean[]> {
  await raise(house.boss, alert);
  const text = `${alert.title}. ${alert.text}`;
  const rows = await database().notification.findMany({ where: { text }, select: { personId: true } });
  expect(new Set(rows.map((row) => row.personId)).size).toBe(rows.length);
  return people.map(({ id }) => rows.some((row) => row.personId === id));
}

const unlike = (wish: Partial<NewAlert>) => anAlert(house, { title: `It is ${Math.random()}`, ...wish });

test("drift is told to responders there and to those who answer for the parameters", async () => {
  expect(await told(unlike({ topic: "drift" }), [responder, owner, elsewhere, house.grace, house.boss])).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("an inbox says once what a title that was cut short and its text say both", async () => {
  const said = `Temperature ${Math.random()} is 0.9 instead of 0.2: relaxed by 0.7`;
  await raise(
    house.boss,
    unlike({ topic: "drift", title: `F-1 Here: ${said.slice(0, -9)}…`, text: `${said}. Severity high` }),
  );
  const rows = await database().notification.findMany({ where: { personId: responder.id, text: { contains: said } } });
  expect(rows.map((row) => row.text)).toEqual([`F-1 Here: ${said}. Severity high`]);
});

test("a parameter's own owners are told where the alert names them", async () => {
  expect(await told(unlike({ owners: [] }), [responder, owner])).toEqual([true, false]);
  expect(await told(unlike({ owners: ["model-owners"] }), [responder, owner])).toEqual([true, true]);
});

test("a hot-patch is told to responders, reviewers and owners, not to its author, and to whom it names", async () => {
  const alert = unlike({ topic: "hot_patch", by: responder.id, people: [house.ada.id] });
  expect(await told(alert, [responder, house.grace, house.ada, owner])).toEqual([false, true, true, true]);
});

test("a follow-up is told to responders and reviewers", async () => {
  expect(await told(unlike({ topic: "follow_up" }), [responder, house.grace, owner])).toEqual([true, true, false]);
});

test("nobody is told of a system that they may not read", async () => {
  expect(await told(unlike({ people: [stranger.id] }), [stranger, responder])).toEqual([false, true]);
});

test("who has left is not told", async () => {
  const gone = await aPerson({ roles: ["responder"] });
  const { revision } = await database().person.findUniqueOrThrow({ where: { id: gone.id } });
  await deactivatePerson(house.boss, { personId: gone.id, revision, reason: "Has left" });
  expect(await told(unlike({}), [gone])).toEqual([false]);
});

test("where there is nobody whom it concerns, administrators are told", async () => {
  const other = await aHouse();
  await setRules(other, { parameters: [] });
  const alert = { ...unlike({}), systemId: other.systemId };
  expect(await told(alert, [other.boss, other.grace])).toEqual([true, false]);
});

test("the same key is told once, also by ten commands at once", async () => {
  const channel = await aChannel(house, { address: webhook });
  const alert = unlike({});
  await Promise.all(Array.from({ length: 10 }, () => raise(house.boss, alert)));
  await raise(house.boss, alert);
  expect(await database().alert.count({ where: { key: alert.key } })).toBe(1);
  expect(await database().outbox.count({ where: { lane: `alert/${channel.id}` } })).toBe(1);
  const text = `${alert.title}. ${alert.text}`;
  expect(await database().notification.count({ where: { text, personId: responder.id } })).toBe(1);
});

test("a channel gets what it asked for, unless it is disabled", async () => {
  const { id } = await aChannel(house, {
    address: webhook,
    system: house.system,
    topics: ["drift"],
    environments: ["production"],
    minimumSeverity: "high",
  });
  const waiting = () => database().outbox.count({ where: { lane: `alert/${id}` } });
  await raise(house.boss, unlike({ severity: "medium" }));
  await raise(house.boss, unlike({ topic: "deployment" }));
  await raise(house.boss, unlike({ environment: "staging" }));
  expect(await waiting()).toBe(0);
  await raise(house.boss, unlike({ severity: "critical" }));
  expect(await waiting()).toBe(1);
  await disableChannel(house.boss, { channelId: id, reason: "Nobody reads it" });
  await raise(house.boss, unlike({ severity: "critical" }));
  expect(await waiting()).toBe(1);
});
