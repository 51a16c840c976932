import { stringify } from "yaml";
import { parseLayer } from "#lib/bundles/parse.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";

/** How a file holds a configuration. */
export type Format = "json" | "yaml";

/** What a text says, or why it says nothing. Reasons quote no values: they travel, and a value may be a secret. */
export type Read = { readonly document: JsonObject } | { readonly unreadable: string };

/** By the file's extension; undefined: it is neither. */
export function formatOf(path: string): Format | undefined {
  if (/\.json$/i.test(path)) return "json";
  return /\.ya?ml$/i.test(path) ? "yaml" : undefined;
}

export function writeDocument(document: JsonObject, format: Format): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(document, null, 2)}\n`;
    case "yaml":
      return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
  }
}

/** Reads what a program that takes this format would read. */
export function readDocument(text: string, format: Format): Read {
  const plain = text.replace(/^\uFEFF/, "");
  if (format === "json") {
    const value = parseJson(plain);
    if (value !== undefined) {
      return isJsonObject(value) ? { document: value } : { unreadable: "It holds JSON, but not an object" };
    }
  }
  const { value, problems } = parseLayer(plain, "base");
  if (value !== null && format === "yaml") return { document: value };
  const found = problems.find(({ severity }) => severity === "error");
  if (found === undefined) return { unreadable: "It is not JSON" };
  return { unreadable: `Line ${found.line ?? 1}, column ${found.column ?? 1}: ${found.message}` };
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
