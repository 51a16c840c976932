import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** How long the former secret signs too, in milliseconds. */
const CHANGE_OVER = 24 * 60 * 60_000;

/** A new signing secret as Standard Webhooks write them: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

export type Secrets = {
  readonly secret: string | null;
  readonly formerSecret: string | null;
  readonly rotatedAt: Date | null;
};

/**
 * The headers by which a receiver knows a message, and that it comes from here (standardwebhooks.com, "Signature
 * scheme"). For a day after a rotation there are two signatures; one that verifies is enough.
 */
export function signedHeaders(
  { secret, formerSecret, rotatedAt }: Secrets,
  { id, body, now }: { readonly id: string; readonly body: string; readonly now: Date },
): Readonly<Record<string, string>> {
  const isChangingOver = rotatedAt !== null && now.getTime() - rotatedAt.getTime() < CHANGE_OVER;
  const secrets = [secret, isChangingOver ? formerSecret : null].filter((one) => one !== null);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": secrets.map((one) => new Webhook(one).sign(id, now, body)).join(" "),
  };
}
