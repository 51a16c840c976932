import { beforeAll, describe, expect, test } from "vitest";
import { aPerson } from "#lib/accounts/testing.ts";
import { aHouse, type House } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { changeChannel, createChannel } from "./commands/define-channel.ts";
import { disableChannel, enableChannel } from "./commands/switch-channel.ts";
import { rotateSecret, testChannel } from "./commands/try-channel.ts";
import { listChannels, showChannel } from "./queries.ts";
import { aChannel } from "./testing/raising.ts";

const address = "https://hooks.example.org/plumbline";
let house: House;
beforeAll(async () => {
  house = await aHouse();
});

const shown = async (id: string) => (await listChannels(house.boss, {})).channels.find((one) => one.id === id);
const eventsOf = (id: string) =>
  database().auditEvent.findMany({ where: { subjectType: "alert_channel", subjectId: id }, orderBy: { id: "asc" } });

describe("making a channel", () => {
  test.each([
    ["webhook", "http://hooks.example.org/", /begins with https/],
    ["webhook", "https://127.0.0.1/", /not an address on the Internet/],
    ["slack", "https://169.254.169.254/latest/meta-data", /not an address on the Internet/],
    ["slack", "https://name:password@hooks.slack.com/", /name and password/],
    ["email", "nobody", /it looks like oncall@example\.org/],
    ["email", "a@example.org, b@example.org", /it looks like oncall@example\.org/],
    ["email", "a@example.org\nBcc: b@example.org", /it looks like oncall@example\.org/],
  ] as const)("%s to %s is refused", async (kind, wrong, message) => {
    await expect(aChannel(house, { kind, address: wrong })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(message),
      fields: { address: [expect.stringMatching(message)] },
    });
  });

  test("an environment that the system has not is refused", async () => {
    const wish = { address, system: house.system, environments: ["prod"] };
    await expect(aChannel(house, wish)).rejects.toThrow(/no environment prod; there are development/);
  });

  test("a name is given once", async () => {
    await createChannel(house.boss, { kind: "webhook", name: "On call", address });
    await expect(createChannel(house.boss, { kind: "slack", name: "On call", address })).rejects.toThrow(
      /choose another/,
    );
  });

  test("only a webhook has a secret, and it is told once", async () => {
    const webhook = await aChannel(house, { address });
    const slack = await aChannel(house, {
      kind: "slack",
      address: "https://hooks.slack.com/services/T0/B0/hidden-key",
    });
    expect(webhook.secret).toMatch(/^whsec_/);
    expect(slack.secret).toBeNull();
    const everything = JSON.stringify(
      [await listChannels(house.boss, {}), await eventsOf(webhook.id), await eventsOf(slack.id)],
      (_, value) => (typeof value === "bigint" ? Number(value) : value),
    );
    expect(everything).not.toContain("whsec_");
    expect(everything).not.toContain("hidden");
    await expect(
      createChannel(house.boss, { kind: "webhook", name: "Kept", address }, { idempotencyKey: "k" }),
    ).rejects.toThrow(/takes no Idempotency-Key/);
  });
});

test("the log says which system and environment a channel is for", async () => {
  const { id } = await aChannel(house, { address, system: house.system, environments: ["production"] });
  expect(await eventsOf(id)).toMatchObject([
    { action: "alert_channel.created", systemId: house.systemId, environment: "production", actorId: house.boss.id },
  ]);
});

test("changing a channel keeps its address unless another is given, and meets a rival", async () => {
  const { id } = await aChannel(house, { address });
  await changeChannel(house.boss, { channelId: id, revision: 1, name: "Renamed", topics: ["follow_up"] });
  expect(await shown(id)).toMatchObject({ name: "Renamed", address, topics: ["follow_up"], revision: 2 });
  await expect(changeChannel(house.boss, { channelId: id, revision: 1, name: "Too late" })).rejects.toThrow(
    /Someone else changed this channel first/,
  );
  const moved = { channelId: id, revision: 2, name: "Renamed", address: "https://10.0.0.1/" };
  await expect(changeChannel(house.boss, moved)).rejects.toThrow(/not an address on the Internet/);
  const [, changed] = await eventsOf(id);
  expect(changed).toMatchObject({
    action: "alert_channel.changed",
    detail: { changes: expect.arrayContaining([expect.objectContaining({ pointer: "/topics" })]) },
  });
});

test("a channel is disabled and enabled, each once", async () => {
  const { id } = await aChannel(house, { address });
  const disable = () => disableChannel(house.boss, { channelId: id, reason: "Too loud" });
  await disable();
  expect(await shown(id)).toMatchObject({ disabledReason: "Too loud", disabledAt: expect.any(Date) });
  await expect(disable()).rejects.toThrow(/disabled already/);
  await expect(testChannel(house.boss, { channelId: id })).rejects.toThrow(/enable it first/);
  await enableChannel(house.boss, { channelId: id });
  expect(await shown(id)).toMatchObject({ disabledReason: null, disabledAt: null });
  await expect(enableChannel(house.boss, { channelId: id })).rejects.toThrow(/enabled already/);
});

test("only a webhook's secret is replaced", async () => {
  const webhook = await aChannel(house, { address });
  const mail = await aChannel(house, { kind: "email", address: "oncall@example.org" });
  const { secret } = await rotateSecret(house.boss, { channelId: webhook.id });
  expect(secret).toMatch(/^whsec_/);
  expect(secret).not.toBe(webhook.secret);
  await expect(rotateSecret(house.boss, { channelId: mail.id })).rejects.toThrow(/Only webhooks/);
});

describe("whoever administers one system", () => {
  test("manages its channels, and neither those of others nor those of all", async () => {
    const other = await aHouse();
    const keeper = await aPerson({ roles: [{ role: "administrator", system: house.systemId }] });
    const mine = await createChannel(keeper, { kind: "slack", name: "Mine", address, system: house.system });
    await expect(createChannel(keeper, { kind: "slack", name: "All", address })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      createChannel(keeper, { kind: "slack", name: "Theirs", address, system: other.system }),
    ).rejects.toMatchObject({ code: "forbidden" });
    const theirs = await aChannel(house, { address, system: other.system });
    await expect(showChannel(keeper, { channelId: theirs.id })).rejects.toMatchObject({ code: "forbidden" });
    const { channels } = await listChannels(keeper, {});
    expect(channels.map(({ id }) => id)).toContain(mine.id);
    expect(channels.every(({ system }) => system?.slug === house.system)).toBe(true);
  });

  test("others see no channel at all", async () => {
    await expect(listChannels(house.grace, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
