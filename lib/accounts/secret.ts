import { randomBytes } from "node:crypto";
import { TOKEN_PREFIX } from "#lib/accounts/model.ts";
import { sha256 } from "#lib/kernel/digest.ts";

/** A new API token: `plb_` and 32 random bytes in base64url (RFC 4648 §5). Shown once; only its hash is stored. */
export function newTokenSecret(): string {
  return `${TOKEN_PREFIX}${randomBytes(32).toString("base64url")}`;
}

/** What is stored of a token: SHA-256, 32 bytes. Its 256 random bits need no slow hash. */
export function tokenHash(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(secret));
}

/** Whether a text has the form of a token at all, so that others need no look at the database. */
export function looksLikeToken(text: string): boolean {
  return /^plb_[\w-]{43}$/.test(text);
}
