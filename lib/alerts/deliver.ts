import { z } from "zod";
import { jobActor } from "#lib/access/job-actor.ts";
import { database, type Reader } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { sendMail } from "#lib/platform/mail.ts";
import type { Deliver, Delivered } from "#lib/platform/outbox.ts";
import { retireChannel } from "./commands/switch-channel.ts";
import { post } from "./far-end.ts";
import { type Message, mailOf, slackBody, webhookBody } from "./messages.ts";
import { type ChannelKind, channelKindOf } from "./model.ts";
import { signedHeaders } from "./signing.ts";
import type { ChannelRow } from "./store.ts";

const Payload = z.union([
  z.object({ channelId: z.uuid(), alertId: z.uuid() }),
  z.object({ channelId: z.uuid(), testId: z.uuid(), by: z.string(), at: z.iso.datetime() }),
]);

/** Sends one alert, or a test, to one channel. A far end that says 410 Gone is not told anything any more. */
export const deliverAlert: Deliver = async ({ payload, signal }) => {
  const parcel = Payload.parse(payload);
  const db = database();
  const channel = await db.alertChannel.findUnique({ where: { id: parcel.channelId } });
  if (!channel) return { givenUp: "The channel is unknown" };
  if (channel.disabledAt) return { givenUp: "The channel is disabled" };
  const message = await messageOf(db, parcel, channel);
  if (!message) return { givenUp: "The alert is unknown" };
  const kind = channelKindOf(channel.kind);
  if (kind === "email") {
    await sendMail({ ...mailOf(message), to: channel.address, id: `${message.id}.${channel.id}` });
    return "done";
  }
  return heard(await post(new URL(channel.address), asHttp(kind, { channel, message }), { signal }), channel);
};

type Sending = { readonly channel: ChannelRow; readonly message: Message };

function asHttp(kind: Exclude<ChannelKind, "email">, { channel, message }: Sending) {
  if (kind === "slack") return { headers: {}, body: JSON.stringify(slackBody(message)) };
  const body = JSON.stringify(webhookBody(message));
  return { headers: signedHeaders(channel, { id: message.id, body, now: new Date() }), body };
}

const plumbline = () => jobActor({ id: "alerts", name: "Plumbline", role: "administrator" });

async function heard(status: number, channel: ChannelRow): Promise<Delivered> {
  if (status >= 200 && status < 300) return "done";
  if (status === 410) {
    const now = new Date();
    await retireChannel(plumbline(), { channelId: channel.id, revision: channel.revision }, { now });
    return { givenUp: "The far end answered 410 Gone; the channel is disabled" };
  }
  if (status >= 300 && status < 400) throw new Error(`The far end answered ${status}; redirects are not followed`);
  throw new Error(`The far end answered ${status}`);
}

async function messageOf(db: Reader, parcel: z.output<typeof Payload>, channel: ChannelRow): Promise<Message | null> {
  const base = env().NEXTAUTH_URL;
  if ("testId" in parcel) {
    return {
      id: parcel.testId,
      topic: "test",
      severity: "low",
      title: `A test of ${channel.name}`,
      text: `${parcel.by} sent it; nothing has happened`,
      url: new URL("/settings/alerts", base).href,
      system: channel.systemId ? await systemOf(db, channel.systemId) : null,
      environment: null,
      at: new Date(parcel.at),
    };
  }
  const alert = await db.alert.findUnique({ where: { id: parcel.alertId } });
  if (!alert) return null;
  return {
    id: alert.id,
    topic: alert.topic,
    severity: alert.severity,
    title: alert.title,
    text: alert.text,
    url: new URL(alert.href, base).href,
    system: await systemOf(db, alert.systemId),
    environment: alert.environment,
    at: alert.createdAt,
  };
}

function systemOf(db: Reader, id: string) {
  return db.system.findUnique({ where: { id }, select: { slug: true, name: true } });
}
