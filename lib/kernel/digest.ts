import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical.ts";
import type { Json } from "./json.ts";

/** SHA-256 (FIPS 180-4): 32 bytes. A string is hashed as UTF-8. */
export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/**
 * The name of a JSON value: `sha256:` and 64 hexadecimal digits, over its canonical form (RFC 8785).
 * Throws `Refusal` "invalid" where `canonicalJson` does.
 */
export function digestOf(value: Json): string {
  return `sha256:${sha256(canonicalJson(value)).toString("hex")}`;
}
