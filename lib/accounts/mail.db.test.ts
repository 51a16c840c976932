import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { markRead } from "#lib/accounts/commands/notifications.ts";
import { mailNotification } from "#lib/accounts/mail.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { command } from "#lib/command.ts";
import { database } from "#lib/platform/db.ts";
import { MOST_ATTEMPTS } from "#lib/platform/outbox.ts";
import { makeDue, relayDue } from "#lib/platform/testing/relay.ts";

const received: string[] = [];
let isRefusing = false;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      if (isRefusing) return done(new Error("Mailbox is full"));
      received.push(Buffer.concat(chunks).toString());
      done();
    });
  },
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  process.env.PLUMBLINE_SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise<void>((done) => server.close(done)));

beforeEach(async () => {
  received.length = 0;
  isRefusing = false;
  await database().outbox.updateMany({ data: { deliveredAt: new Date() } });
});

const tell = command(
  {
    name: "test.tell",
    may: "anyone",
    on: "anywhere",
    input: z.object({ personId: z.uuid() }),
    summary: "Tell somebody",
  },
  async ({ actor, input }) => ({
    result: null,
    audit: [{ action: "test.told", subject: { type: "person", id: input.personId }, summary: "Told somebody" }],
    notify: [{ personId: input.personId, kind: "test", text: `${actor.name} approved #12`, href: "/changes/12" }],
  }),
);

const relay = () => relayDue({ notification: mailNotification });

test("a notification is mailed once, with its address", async () => {
  const person = await aPerson({});
  await tell(person, { personId: person.id });
  expect(await relay()).toBe(1);
  expect(await relay()).toBe(0);
  expect(received).toHaveLength(1);
  expect(received[0]).toContain("approved #12");
  expect(received[0]).toContain("/changes/12");
});

test("of two relays at once, one sends", async () => {
  const person = await aPerson({});
  await tell(person, { personId: person.id });
  const tried = await Promise.all([relay(), relay(), relay()]);
  expect(tried.toSorted()).toEqual([0, 0, 1]);
  expect(received).toHaveLength(1);
});

test("what was read meanwhile is not mailed", async () => {
  const person = await aPerson({});
  await tell(person, { personId: person.id });
  await markRead(person, {});
  expect(await relay()).toBe(1);
  expect(received).toHaveLength(0);
});

test("a server that refuses is asked again later, and given up in the end, with what it said", async () => {
  isRefusing = true;
  const person = await aPerson({});
  await tell(person, { personId: person.id });
  expect(await relay()).toBe(1);
  expect(await relay()).toBe(0);
  for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt++) {
    await makeDue();
    expect(await relay()).toBe(1);
  }
  await makeDue();
  expect(await relay()).toBe(0);
  const [row] = await database().outbox.findMany({ where: { deliveredAt: null } });
  expect(row).toMatchObject({ attempts: MOST_ATTEMPTS, lastError: expect.stringContaining("Mailbox is full") });
});
