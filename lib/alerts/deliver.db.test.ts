import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { aHouse, type House } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { MOST_ATTEMPTS } from "#lib/platform/outbox.ts";
import { makeDue, relayDue } from "#lib/platform/testing/relay.ts";
import { changeChannel } from "./commands/define-channel.ts";
import { disableChannel } from "./commands/switch-channel.ts";
import { rotateSecret, testChannel } from "./commands/try-channel.ts";
import { deliverAlert } from "./deliver.ts";
import { listChannels, showChannel } from "./queries.ts";
import { aFarEnd, type FarEnd, status } from "./testing/far-end.ts";
import { aChannel, anAlert, raise } from "./testing/raising.ts";

const relay = () => relayDue({ alert: deliverAlert, notification: async () => "done" });

let house: House;
let farEnd: FarEnd;
beforeAll(async () => {
  process.env.PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS = "127.0.0.1/32";
  house = await aHouse();
  farEnd = await aFarEnd();
});
afterAll(() => farEnd.close());

beforeEach(async () => {
  farEnd.answers(status(204));
  farEnd.heard.length = 0;
  await database().outbox.updateMany({ data: { deliveredAt: new Date() } });
  for (const { id, disabledAt } of (await listChannels(house.boss, {})).channels) {
    if (!disabledAt) await disableChannel(house.boss, { channelId: id, reason: "Of another test" });
  }
});

const deliveries = async (channelId: string) => (await showChannel(house.boss, { channelId })).items;
const shown = async (id: string) => (await listChannels(house.boss, {})).channels.find((one) => one.id === id);

function verified(secret: string | null, { body, headers }: FarEnd["heard"][number]): unknown {
  return new Webhook(secret ?? "").verify(body, headers as Record<string, string>);
}

describe("a webhook", () => {
  test("is sent an alert whose signature verifies, once however often it is raised", async () => {
    const { id, secret } = await aChannel(house, { address: `${farEnd.url}?team=oncall` });
    const alert = anAlert(house);
    await raise(house.boss, alert);
    await raise(house.boss, alert);
    await relay();
    await relay();
    expect(farEnd.heard).toHaveLength(1);
    const [heard] = farEnd.heard;
    expect(heard?.path).toBe("/hook?team=oncall");
    expect(heard?.headers).toMatchObject({ "content-type": "application/json", "user-agent": "Plumbline" });
    expect(heard && verified(secret, heard)).toMatchObject({
      type: "alert.drift",
      data: {
        topic: "drift",
        severity: "high",
        system: { slug: house.system },
        environment: "production",
        title: alert.title,
        url: "http://localhost:3000/drift/12",
      },
    });
    expect(await deliveries(id)).toMatchObject([{ state: "sent", attempts: 1, lastError: null }]);
  });

  test("is tried again after errors, with the same id", async () => {
    const { id } = await aChannel(house, { address: farEnd.url });
    farEnd.answers(status(500));
    await raise(house.boss, anAlert(house));
    await relay();
    expect(await deliveries(id)).toMatchObject([
      { state: "waiting", attempts: 1, lastError: "The far end answered 500", nextAttemptAt: expect.any(Date) },
    ]);
    expect(await relay()).toBe(0);
    await makeDue();
    await relay();
    farEnd.answers(status(200));
    await makeDue();
    await relay();
    expect(new Set(farEnd.heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(farEnd.heard).toHaveLength(3);
    expect(await deliveries(id)).toMatchObject([{ state: "sent", attempts: 3, lastError: null }]);
  });

  test("is given up in the end, with what was wrong", async () => {
    const { id } = await aChannel(house, { address: farEnd.url });
    farEnd.answers(status(503));
    await raise(house.boss, anAlert(house));
    for (let attempt = 0; attempt < MOST_ATTEMPTS + 2; attempt++) {
      await makeDue();
      await relay();
    }
    expect(farEnd.heard).toHaveLength(MOST_ATTEMPTS);
    expect(await deliveries(id)).toMatchObject([{ state: "given_up", lastError: "The far end answered 503" }]);
    expect(await shown(id)).toMatchObject({ deliveries: { sent: 0, waiting: 0, givenUp: 1 } });
  });

  test("that is gone is disabled, and the log says so", async () => {
    const { id } = await aChannel(house, { address: farEnd.url });
    farEnd.answers(status(410));
    await raise(house.boss, anAlert(house));
    await relay();
    await raise(house.boss, anAlert(house));
    await makeDue();
    await relay();
    expect(farEnd.heard).toHaveLength(1);
    expect(await shown(id)).toMatchObject({ disabledReason: "Its far end answered 410 Gone" });
    expect(await deliveries(id)).toMatchObject([{ state: "given_up" }]);
    const [event] = await database().auditEvent.findMany({ where: { subjectId: id, actorKind: "job" } });
    expect(event).toMatchObject({ action: "alert_channel.disabled", actorName: "Plumbline", channel: "job" });
  });

  test("is not followed elsewhere", async () => {
    const elsewhere = await aFarEnd();
    const { id } = await aChannel(house, { address: farEnd.url });
    farEnd.answers((response) => response.writeHead(307, { Location: elsewhere.url }).end());
    await raise(house.boss, anAlert(house));
    await relay();
    expect(elsewhere.heard).toEqual([]);
    expect(await deliveries(id)).toMatchObject([
      { state: "waiting", lastError: "The far end answered 307; redirects are not followed" },
    ]);
    await elsewhere.close();
  });

  test("whose network is no longer allowed is not sent to", async () => {
    const { id } = await aChannel(house, { address: farEnd.url });
    await raise(house.boss, anAlert(house));
    process.env.PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS = "10.0.0.0/8";
    await relay();
    process.env.PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS = "127.0.0.1/32";
    expect(farEnd.heard).toEqual([]);
    expect(await deliveries(id)).toMatchObject([{ lastError: expect.stringContaining("127.0.0.1 is not an address") }]);
  });

  test("that was disabled meanwhile is sent nothing", async () => {
    const { id } = await aChannel(house, { address: farEnd.url });
    await raise(house.boss, anAlert(house));
    await disableChannel(house.boss, { channelId: id, reason: "Too loud" });
    await relay();
    expect(farEnd.heard).toEqual([]);
    expect(await deliveries(id)).toMatchObject([{ state: "given_up", lastError: "The channel is disabled" }]);
  });

  test("that moved meanwhile is sent to its new address", async () => {
    const elsewhere = await aFarEnd();
    const { id } = await aChannel(house, { address: farEnd.url });
    await raise(house.boss, anAlert(house));
    await changeChannel(house.boss, { channelId: id, revision: 1, name: "Moved", address: elsewhere.url });
    await relay();
    expect([farEnd.heard.length, elsewhere.heard.length]).toEqual([0, 1]);
    await elsewhere.close();
  });

  test("may be tried, and verifies with the former secret for a day", async () => {
    const { id, secret } = await aChannel(house, { address: farEnd.url });
    const rotated = await rotateSecret(house.boss, { channelId: id });
    await testChannel(house.boss, { channelId: id });
    await relay();
    const [heard] = farEnd.heard;
    for (const one of [secret, rotated.secret]) {
      expect(heard && verified(one, heard)).toMatchObject({ type: "alert.test", data: { environment: null } });
    }
    expect(await deliveries(id)).toMatchObject([{ alert: null, state: "sent" }]);
  });
});

describe("an answer", () => {
  async function lastErrorAfter(answer: Parameters<FarEnd["answers"]>[0]): Promise<unknown> {
    const { id } = await aChannel(house, { address: farEnd.url });
    farEnd.answers(answer);
    await raise(house.boss, anAlert(house));
    await relay();
    return (await deliveries(id))[0];
  }

  test("that is endless is cut off after its status, and counts", async () => {
    let sent = 0;
    const said = await lastErrorAfter((response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(65_536);
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on("drain", more);
      more();
    });
    expect(said).toMatchObject({ state: "sent" });
    expect(sent).toBeLessThan(20_000_000);
  });

  test("with headers without end is an error", async () => {
    const said = await lastErrorAfter((response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}\r\n\r\n`);
    });
    expect(said).toMatchObject({ state: "waiting", lastError: expect.stringMatching(/header/i) });
  });

  test("that changes the protocol is an error", async () => {
    const said = await lastErrorAfter((response) => {
      response.socket?.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n");
    });
    expect(said).toMatchObject({ state: "waiting", lastError: expect.stringContaining("without an answer") });
  });

  test("that does not come within ten seconds is an error", async () => {
    const said = await lastErrorAfter(() => undefined);
    expect(said).toMatchObject({ state: "waiting", lastError: "There was no answer within 10 seconds" });
  });
});

test("Slack is sent blocks, without a signature", async () => {
  await aChannel(house, { kind: "slack", address: farEnd.url });
  await raise(house.boss, anAlert(house, { text: "a < b" }));
  await relay();
  const [heard] = farEnd.heard;
  expect(heard?.headers).not.toHaveProperty("webhook-signature");
  expect(JSON.parse(heard?.body ?? "")).toMatchObject({
    text: expect.stringContaining("temperature differs"),
    blocks: [
      { type: "header" },
      { type: "section", text: { type: "mrkdwn", text: "a &lt; b" } },
      { type: "context" },
      { type: "actions", elements: [{ type: "button", url: "http://localhost:3000/drift/12" }] },
    ],
  });
});

test("a slow far end keeps no other channel waiting", async () => {
  const slow = await aFarEnd();
  slow.answers(() => undefined);
  await aChannel(house, { address: slow.url, topics: ["deployment"] });
  await aChannel(house, { address: farEnd.url, topics: ["drift"] });
  for (let count = 0; count < 40; count++) await raise(house.boss, anAlert(house, { topic: "deployment" }));
  await raise(house.boss, anAlert(house));
  const relayed = relay();
  await vi.waitFor(() => expect(farEnd.heard).toHaveLength(1), 3_000);
  // Two at a time, however much waits for it.
  await vi.waitFor(() => expect(slow.heard).toHaveLength(2), 3_000);
  await database().outbox.updateMany({ where: { attempts: 0 }, data: { deliveredAt: new Date() } });
  slow.answers(status(200));
  await slow.close();
  await relayed;
});

test("of five relays at once, each delivery is made by one", async () => {
  await aChannel(house, { address: farEnd.url });
  for (let count = 0; count < 20; count++) await raise(house.boss, anAlert(house));
  await Promise.all(Array.from({ length: 5 }, relay));
  expect(farEnd.heard).toHaveLength(20);
  expect(new Set(farEnd.heard.map(({ headers }) => headers["webhook-id"])).size).toBe(20);
});

test("a relay that is killed between sending and recording repeats at most, with the same id", async () => {
  const { id } = await aChannel(house, { address: farEnd.url });
  await raise(house.boss, anAlert(house));
  const child: ChildProcess = fork(new URL("./testing/relay-process.ts", import.meta.url), { stdio: "inherit" });
  const gone = once(child, "exit");
  // It has sent; nobody has told it yet that it arrived.
  farEnd.answers(() => child.kill("SIGKILL"));
  await gone;
  expect(farEnd.heard).toHaveLength(1);
  expect(await deliveries(id)).toMatchObject([{ state: "waiting", attempts: 1 }]);
  farEnd.answers(status(204));
  await makeDue();
  await relay();
  expect(farEnd.heard).toHaveLength(2);
  expect(new Set(farEnd.heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await deliveries(id)).toMatchObject([{ state: "sent", attempts: 2 }]);
});
