import { isJsonObject, type Json } from "#lib/kernel/json.ts";
import { childPointer } from "#lib/kernel/pointer.ts";

/** A place that looks like a secret, and what kind; never the text. */
export type SecretFinding = {
  readonly pointer: string;
  /** `reference` is a `$secret` that is not one; the others name what the text looks like. */
  readonly kind: string;
  readonly isReference: boolean;
};

/**
 * The formats that providers publish for their keys. Each needs a length that a mention in a prompt (“begins with
 * sk-…”) does not have. What may begin anew inside what it goes through says how far it looks, so that no text takes
 * longer than in proportion to its length.
 */
const formats: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,}/u],
  ["OpenRouter key", /\bsk-or-[A-Za-z0-9-]{20,}/u],
  ["OpenAI key", /\bsk-(?:proj-|svcacct-|admin-)[A-Za-z0-9_-]{20,}/u],
  ["provider key", /\bsk-(?=[A-Za-z_-]{0,200}\d)(?:live-|test-)?[A-Za-z0-9]{20,}\b/u],
  ["Stripe key", /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/u],
  ["AWS access key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/u],
  ["Google API key", /\bAIza[A-Za-z0-9_-]{35}/u],
  ["Google OAuth token", /\bya29\.[A-Za-z0-9_-]{20,}/u],
  ["GitHub token", /\bgh[pousr]_[A-Za-z0-9]{36,}/u],
  ["GitHub token", /\bgithub_pat_[A-Za-z0-9_]{22,}/u],
  ["GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/u],
  ["Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/u],
  ["Slack webhook", /hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/u],
  ["Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/u],
  ["Groq key", /\bgsk_[A-Za-z0-9]{30,}/u],
  ["Replicate token", /\br8_[A-Za-z0-9]{30,}/u],
  ["xAI key", /\bxai-[A-Za-z0-9]{30,}/u],
  ["Pinecone key", /\bpcsk_[A-Za-z0-9_]{30,}/u],
  ["npm token", /\bnpm_[A-Za-z0-9]{36}\b/u],
  ["SendGrid key", /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/u],
  ["Vault token", /\bhv[sb]\.[A-Za-z0-9_-]{20,}/u],
  ["private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/u],
  ["JSON web token", /\beyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/u],
  ["bearer token", /\bBearer\s+(?=[A-Za-z._~+/-]*\d)[A-Za-z0-9._~+/-]{20,}=*/u],
  ["password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@<{$]{1,100}:(?![*x<{$%])[^\s:/@<{$]{4,200}@[^\s/]/iu],
];

const secretName =
  /(?:^|[_.-])(?:password|passwd|passphrase|secret|secrets|token|api[_.-]?key|apikey|private[_.-]?key|access[_.-]?key|secret[_.-]?key|auth[_.-]?key|credential|credentials|client[_.-]?secret)$/u;

/** Longer text is prose, shorter is no key. */
const shortest = 12;
const longest = 512;

/** Text that looks like a key, anywhere: values, keys and lists. Linear in the document. */
export function findSecrets(value: Json): readonly SecretFinding[] {
  const findings: SecretFinding[] = [];
  search(value, { pointer: "", name: "" }, findings);
  return findings;
}

function search(value: Json, at: { readonly pointer: string; readonly name: string }, findings: SecretFinding[]): void {
  if (typeof value === "string") {
    const kind = secretKindOf(value, at.name);
    if (kind !== null) findings.push({ pointer: at.pointer, kind, isReference: false });
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item: Json, index) => {
      search(item, { pointer: childPointer(at.pointer, String(index)), name: at.name }, findings);
    });
    return;
  }
  if (!isJsonObject(value)) return;
  if (Object.hasOwn(value, "$secret")) {
    const fault = referenceFault(value);
    if (fault !== null) findings.push({ pointer: at.pointer, kind: fault, isReference: true });
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    // A key is shown wherever its value is, so the finding names its parent instead.
    if (formatOf(key) !== null)
      findings.push({ pointer: at.pointer, kind: "key as the name of a member", isReference: false });
    else search(member, { pointer: childPointer(at.pointer, key), name: key }, findings);
  }
}

/** What a text looks like, or null. `name` is the key that it stands under. */
export function secretKindOf(text: string, name: string): string | null {
  return formatOf(text) ?? (isSecretName(name) && looksRandom(text) ? `value of “${name}”` : null);
}

function formatOf(text: string): string | null {
  return text.length < shortest ? null : (formats.find(([, pattern]) => pattern.test(text))?.[0] ?? null);
}

function isSecretName(name: string): boolean {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, "_").toLowerCase();
  return secretName.test(words);
}

/** One word of mixed characters that is no path, address, placeholder or plain identifier. */
function looksRandom(text: string): boolean {
  if (text.length < shortest || text.length > longest || /[\s/\\<>{}$]/u.test(text)) return false;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^A-Za-z0-9]/u].filter((kind) => kind.test(text)).length;
  const isWords = /^[A-Za-z]+(?:[._-][A-Za-z0-9]+)*$/u.test(text) && !/[a-z]\d[a-z]|\d[a-z]\d/iu.test(text);
  return kinds >= 2 && !isWords && bitsPerCharacter(text) >= 3;
}

/** Shannon entropy of the text's characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** A reference is `{"$secret": "vault://mount/path#field"}` and nothing else; the field may be left out. */
function referenceFault(value: { readonly [key: string]: Json }): string | null {
  const reference = value.$secret;
  if (Object.keys(value).length !== 1)
    return "a $secret reference stands alone in its object; move the other members out";
  if (typeof reference !== "string") return "a $secret reference is text, such as vault://team/service#field";
  if (formatOf(reference) !== null) return "a $secret reference names a secret and must not be one";
  return /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._~-]+)*(?:#[A-Za-z0-9._-]+)?$/u.test(reference)
    ? null
    : "a $secret reference reads scheme://path#field, such as vault://team/service#api_key";
}
