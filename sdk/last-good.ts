import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeAtomically } from "./atomic-write.ts";
import { digestOf } from "./canonical.ts";
import { frozen, isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Copy } from "./model.ts";

/** Read back only for the same server and bundle: another place's configuration is not this one's. */
export type Owner = { readonly url: string; readonly bundle: string | undefined };

export type Kept = { readonly copy: Copy } | { readonly damage: string } | null;

/** Writes the copy for the next start, readable by its owner alone. Throws as the file system does. */
export async function keepCopy(path: string, owner: Owner, copy: Copy): Promise<void> {
  const { document, digest, bundle, version, snapshot, hotPatches } = copy;
  const validUntil = copy.validUntil?.toISOString() ?? null;
  const content = { format: 1, url: owner.url, bundle, version, snapshot, hotPatches, validUntil, digest, document };
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, `${JSON.stringify({ ...content, seal: digestOf(content) })}\n`, 0o600);
}

/** The copy of the last run; null: there is none. Damage of any kind is seen by its two digests. */
export async function readCopy(path: string, owner: Owner): Promise<Kept> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    return { damage: `The last good copy cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
  const content = sealed(text);
  if (content === null) return { damage: `The last good copy in ${path} is damaged; it is not used` };
  if (content.url !== owner.url || (owner.bundle !== undefined && content.bundle !== owner.bundle)) {
    return { damage: `The copy in ${path} is of another server or bundle; it is not used` };
  }
  return { copy: copyOf(content, content.document) };
}

type Sealed = JsonObject & { readonly document: JsonObject };

function sealed(text: string): Sealed | null {
  try {
    const whole = JSON.parse(text) as Json;
    if (!isJsonObject(whole)) return null;
    const { seal, ...content } = whole;
    if (content.format !== 1 || seal !== digestOf(content) || !isJsonObject(content.document)) return null;
    return content.digest === digestOf(content.document) ? { ...content, document: content.document } : null;
  } catch {
    return null;
  }
}

function copyOf(content: Sealed, document: JsonObject): Copy {
  const { digest, bundle, version, snapshot, hotPatches, validUntil } = content;
  return {
    document: frozen(document),
    digest: String(digest),
    bundle: textOrNull(bundle),
    version: textOrNull(version),
    snapshot: typeof snapshot === "number" ? snapshot : null,
    hotPatches: Array.isArray(hotPatches) ? hotPatches.map(Number) : [],
    validUntil: typeof validUntil === "string" ? new Date(validUntil) : null,
  };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
