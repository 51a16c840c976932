import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { mailNotification } from "#lib/accounts/mail.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aHouse, type House } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { makeDue, relayDue } from "#lib/platform/testing/relay.ts";
import { deliverAlert } from "./deliver.ts";
import { showChannel } from "./queries.ts";
import { aChannel, anAlert, raise } from "./testing/raising.ts";

type Received = { readonly to: readonly string[]; readonly text: string };
const received: Received[] = [];
let isRefusing = false;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      if (isRefusing) return done(new Error("Mailbox is full"));
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        text: Buffer.concat(chunks).toString().replaceAll("=\r\n", ""),
      });
      done();
    });
  },
});

let house: House;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  process.env.PLUMBLINE_SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  process.env.NEXTAUTH_URL = "https://plumbline.example.org";
  house = await aHouse();
});
afterAll(() => new Promise<void>((done) => server.close(done)));
beforeEach(() => {
  received.length = 0;
});

const relay = () => relayDue({ alert: deliverAlert, notification: mailNotification });
const channel = (address: string) => aChannel(house, { kind: "email", address, system: house.system });

test("an alert is mailed once to a channel and once to each person whom it concerns", async () => {
  await channel("oncall@example.org");
  const responder = { roles: [{ role: "responder" as const, system: house.systemId }] };
  await aPerson({ ...responder, email: "first@example.org" });
  await aPerson({ ...responder, email: "second@example.org" });
  const alert = anAlert(house);
  await raise(house.boss, alert);
  await raise(house.boss, alert);
  await relay();
  expect(received.flatMap(({ to }) => to).toSorted()).toEqual([
    "first@example.org",
    "oncall@example.org",
    "second@example.org",
  ]);
  for (const { text } of received) {
    expect(text).toContain("temperature differs in production");
    expect(text).toContain("Declared 0.2, observed 0.9");
    expect(text).toContain("https://plumbline.example.org/drift/12");
  }
  const toChannel = received.find(({ to }) => to.includes("oncall@example.org"))?.text;
  expect(toChannel).toContain("Subject: [Plumbline] high: temperature differs in production");
  expect(toChannel).toMatch(/Message-ID:\s+<[0-9a-f-]{36}\.[0-9a-f-]{36}@plumbline\.example\.org>/i);
});

test("a mail that was refused is sent again under the same Message-ID", async () => {
  const { id } = await channel("later@example.org");
  isRefusing = true;
  await raise(house.boss, anAlert(house));
  await relay();
  const [refused] = (await showChannel(house.boss, { channelId: id })).items;
  expect(refused).toMatchObject({ state: "waiting", lastError: expect.stringContaining("Mailbox is full") });
  isRefusing = false;
  await makeDue();
  await relay();
  expect(received.filter(({ to }) => to.includes("later@example.org"))).toHaveLength(1);
});

test("a title cannot add headers to a mail", async () => {
  await channel("injected@example.org");
  await raise(house.boss, anAlert(house, { title: "Odd\r\nBcc: stranger@example.org" }));
  await relay();
  const mail = received.find(({ to }) => to.includes("injected@example.org"));
  expect(mail?.to).toEqual(["injected@example.org"]);
  const [headers] = mail?.text.split("\r\n\r\n") ?? [];
  expect(headers).toContain("Odd Bcc: stranger@example.org");
  expect(headers).not.toMatch(/^Bcc:/m);
});

test("without a mail server a channel's delivery says so, and inboxes are simply not mailed", async () => {
  const { id } = await channel("nowhere@example.org");
  const url = process.env.PLUMBLINE_SMTP_URL;
  delete process.env.PLUMBLINE_SMTP_URL;
  await raise(house.boss, anAlert(house));
  await relay();
  process.env.PLUMBLINE_SMTP_URL = url;
  const [waiting] = (await showChannel(house.boss, { channelId: id })).items;
  expect(waiting?.lastError).toBe("No mail server is set; set PLUMBLINE_SMTP_URL");
  expect(await database().outbox.count({ where: { topic: "notification", deliveredAt: null } })).toBe(0);
});
