import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { sha256 } from "#lib/kernel/digest.ts";

/** What the address of an event stream allows: to hear of changes of one environment, for as long as it says. */
export type Capability = { readonly tokenId: string; readonly environment: string; readonly expiresAt: Date };

const STEP = 3_600_000;

/** Short, because it travels in addresses. */
const Content = z.object({ t: z.uuid(), e: z.string(), x: z.number() });

/**
 * When an address given out now ends: in one to two hours. For the same listener it stays the same for an hour, so that
 * asking again changes no address; listeners come due at different times, so that they do not all come at once.
 */
export function capabilityEnd(listener: string, now: Date): Date {
  const offset = Math.floor((sha256(listener).readUInt32BE() / 2 ** 32) * STEP);
  return new Date((Math.floor((now.getTime() - offset) / STEP) + 2) * STEP + offset);
}

/** The text that stands for a capability, signed with HMAC-SHA256 (RFC 2104). */
export function signCapability({ tokenId, environment, expiresAt }: Capability, secret: Buffer): string {
  const content: z.infer<typeof Content> = { t: tokenId, e: environment, x: expiresAt.getTime() };
  const text = Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${text}.${seal(text, secret).toString("base64url")}`;
}

/** The capability that a text stands for; null when it was made elsewhere, changed, or has ended. */
export function readCapability(signed: string, secret: Buffer, now: Date): Capability | null {
  const [text = "", given = "", ...rest] = signed.split(".");
  const right = seal(text, secret);
  const held = Buffer.from(given, "base64url");
  if (rest.length > 0 || held.length !== right.length || !timingSafeEqual(held, right)) return null;
  const { t, e, x } = Content.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  const expiresAt = new Date(x);
  return now < expiresAt ? { tokenId: t, environment: e, expiresAt } : null;
}

function seal(text: string, secret: Buffer): Buffer {
  return createHmac("sha256", secret).update(`plumbline event stream ${text}`).digest();
}
