import { z } from "zod";
import { database } from "#lib/platform/db.ts";
import { env } from "#lib/platform/env.ts";
import { hasMailServer, sendMail } from "#lib/platform/mail.ts";
import type { Deliver } from "#lib/platform/outbox.ts";

const Payload = z.object({ notificationId: z.uuid() });

/**
 * Mails a notification to the person whom it is for. Nothing is sent when no mail server is set, when it was read
 * meanwhile, or to someone who has left.
 */
export const mailNotification: Deliver = async ({ payload }) => {
  if (!hasMailServer()) return "done";
  const { notificationId } = Payload.parse(payload);
  const db = database();
  const notification = await db.notification.findUnique({ where: { id: notificationId } });
  if (!notification || notification.readAt) return "done";
  const person = await db.person.findUnique({ where: { id: notification.personId } });
  if (!person || person.deactivatedAt) return "done";
  await sendMail({
    to: { name: person.name, address: person.email },
    subject: notification.text,
    text: `${notification.text}\n\n${new URL(notification.href, env().NEXTAUTH_URL).href}\n`,
    id: notification.id,
  });
  return "done";
};
