import { createHmac } from "node:crypto";
import { findSecrets } from "#lib/bundles/secrets.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { childPointer } from "#lib/kernel/pointer.ts";
import { env } from "#lib/platform/env.ts";

/**
 * A copy in which whatever looks like a key is replaced by its fingerprint, `{"$redacted": "hmac-sha256:…"}`: the same
 * key has the same fingerprint, and without this installation's own secret nobody can try keys against it. A key that is
 * the name of a member becomes `$redacted:…`. The document itself when it holds none.
 */
export function withoutSecrets(document: JsonObject): JsonObject {
  const findings = findSecrets(document);
  if (findings.length === 0) return document;
  const fingerprint = fingerprinting();
  const values = new Set(findings.filter((one) => !one.kind.startsWith("key as")).map((one) => one.pointer));
  const parents = new Set(findings.filter((one) => one.kind.startsWith("key as")).map((one) => one.pointer));

  const copy = (value: Json, at: string): Json => {
    if (values.has(at)) return { $redacted: fingerprint(value) };
    if (isJsonObject(value)) {
      const hasSecretNames = parents.has(at);
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) =>
          hasSecretNames && findSecrets({ [key]: null }).length > 0
            ? [`$redacted:${fingerprint(key)}`, { $redacted: fingerprint(member) }]
            : [key, copy(member, childPointer(at, key))],
        ),
      );
    }
    return Array.isArray(value) ? value.map((item: Json, index) => copy(item, childPointer(at, String(index)))) : value;
  };
  const redacted = copy(document, "");
  return isJsonObject(redacted) ? redacted : {};
}

const LONGEST_NOTE = 500;

/** As much of a runtime's text as is kept for people to read, unless it holds a key: looked for before anything is cut. */
export function noteWithoutSecrets(text: string): string {
  const [found] = findSecrets(text);
  if (found) return `(withheld, because it holds what looks like a secret: ${found.kind})`;
  return text.length <= LONGEST_NOTE ? text : `${text.slice(0, LONGEST_NOTE - 1).toWellFormed()}…`;
}

function fingerprinting(): (value: Json) => string {
  const key = `plumbline observed secrets ${env().NEXTAUTH_SECRET}`;
  return (value) => `hmac-sha256:${createHmac("sha256", key).update(canonicalJson(value)).digest("hex").slice(0, 32)}`;
}
