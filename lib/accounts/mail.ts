import { createTransport } from "nodemailer";
import { z } from "zod";
import { database } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import type { Loop } from "#lib/platform/loop.ts";
import { type Deliver, relayOutbox } from "#lib/platform/outbox.ts";

const Payload = z.object({ notificationId: z.uuid() });

/**
 * Mails a notification to the person whom it is for. Nothing is sent when no mail server is set, when it was read
 * meanwhile, or to someone who has left. The Message-ID is the notification's own: mail servers drop a repeat.
 */
export const mailNotification: Deliver = async ({ payload }) => {
  const { PLUMBLINE_SMTP_URL, PLUMBLINE_MAIL_FROM, NEXTAUTH_URL } = env();
  if (!PLUMBLINE_SMTP_URL) return;
  const { notificationId } = Payload.parse(payload);
  const db = database();
  const notification = await db.notification.findUnique({ where: { id: notificationId } });
  if (!notification || notification.readAt) return;
  const person = await db.person.findUnique({ where: { id: notification.personId } });
  if (!person || person.deactivatedAt) return;
  const transport = createTransport(PLUMBLINE_SMTP_URL);
  try {
    await transport.sendMail({
      from: PLUMBLINE_MAIL_FROM,
      to: { name: person.name, address: person.email },
      subject: notification.text.replace(/\s+/g, " ").slice(0, 150),
      text: `${notification.text}\n\n${new URL(notification.href, NEXTAUTH_URL).href}\n`,
      messageId: `<${notification.id}@${new URL(NEXTAUTH_URL).hostname}>`,
    });
  } finally {
    transport.close();
  }
};

/** Sends what commands put into the outbox. */
export const relaying: Loop = {
  name: "outbox",
  pauses: { busy: 0, idle: 1_000, trouble: 30_000 },
  turn: async () => (await relayOutbox(database(), { notification: mailNotification })) > 0,
};
