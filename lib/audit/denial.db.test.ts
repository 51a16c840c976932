import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { createChannel } from "#lib/alerts/commands/define-channel.ts";
import { testChannel } from "#lib/alerts/commands/try-channel.ts";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { aChange } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { reviewHotPatch } from "#lib/hot-patches/commands/review-hot-patch.ts";
import { aPatch, aPatchable, type PatchHouse, START } from "#lib/hot-patches/testing/patches.ts";
import { database } from "#lib/platform/db.ts";
import { holdEnvironment } from "#lib/systems/commands/hold-environment.ts";

let house: PatchHouse;
let stranger: Actor;
beforeAll(async () => {
  house = await aPatchable();
  stranger = await aPerson({ name: "Stranger", roles: ["viewer"] });
});

/** What the log says a refused attempt was about. */
async function about(attempt: Promise<unknown>) {
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  const { systemId, environment, changeRequestId, incident } = await database().auditEvent.findFirstOrThrow({
    where: { action: "access.denied", actorId: stranger.id },
    orderBy: { id: "desc" },
  });
  return { systemId, environment, changeRequestId, incident };
}

const nothing = { systemId: null, environment: null, changeRequestId: null, incident: null };

test("an attempt on a request is found with it", async () => {
  const change = await aChange(house, { base: "temperature: 0.3\n" });
  expect(await about(applyChange(stranger, { number: change.number }))).toEqual({
    ...nothing,
    systemId: house.systemId,
    changeRequestId: change.id,
  });
});

test("an attempt on a hot-patch is found with its incident, and not with the request of the same number", async () => {
  const { number } = await aPatch(house, { changes: [{ pointer: "/temperature", value: 0.9 }] });
  expect(await database().changeRequest.count({ where: { number } })).toBe(1);
  const input = { number, verdict: "sound", note: "Looked at it closely" };
  expect(await about(reviewHotPatch(stranger, input, { now: START }))).toEqual({
    ...nothing,
    systemId: house.systemId,
    environment: "development",
    incident: "INC-42",
  });
});

test("an attempt to file a hot-patch is found with the incident that it names", async () => {
  const place = { system: house.system, environment: "development" };
  const filing = { incident: "INC-7", level: "sev2", reason: "Because of this test" };
  const attempt = fileHotPatch(stranger, { ...place, ...filing, changes: [{ pointer: "/seed", value: 1 }] });
  expect(await about(attempt)).toMatchObject({
    systemId: house.systemId,
    environment: "development",
    incident: "INC-7",
  });
});

test("an attempt on what is named by an id alone is found with its system", async () => {
  const address = "https://hooks.example.org/";
  const channel = { kind: "webhook", name: "On call", address, system: house.system };
  const { id } = await createChannel(house.boss, channel);
  expect(await about(testChannel(stranger, { channelId: id }))).toEqual({ ...nothing, systemId: house.systemId });
});

test("an attempt on an environment is found there; what does not exist is nowhere", async () => {
  const hold = { environment: "staging", reason: "Because of this test", revision: 1 };
  expect(await about(holdEnvironment(stranger, { ...hold, system: house.system }))).toMatchObject({
    systemId: house.systemId,
    environment: "staging",
  });
  expect(await about(holdEnvironment(stranger, { ...hold, system: "nowhere" }))).toEqual(nothing);
});
