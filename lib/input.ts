import type { z } from "zod";
import { Refusal } from "#lib/kernel/refusal.ts";

/** A failed parse as a Refusal `invalid`: each field by its dotted path, with what was wrong. */
export function invalid(error: z.ZodError): Refusal {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".") || "input";
    fields[path] = [...(fields[path] ?? []), issue.message];
  }
  const first = Object.entries(fields)[0];
  const summary = first ? `${first[0]}: ${first[1][0]}` : "The input could not be read";
  return new Refusal("invalid", summary, { fields });
}

/**
 * Text that the database cannot keep as it is: a NUL, or half of a surrogate pair (I-JSON, RFC 7493 §2.1).
 * @throws Refusal `invalid` naming the field
 */
export function assertStorable(value: unknown, path: readonly string[] = []): void {
  if (typeof value === "string") {
    if (value.isWellFormed() && !value.includes("\0")) return;
    const field = path.join(".") || "input";
    throw new Refusal("invalid", `${field}: this is not text that can be kept`, {
      fields: { [field]: ["It holds a NUL character or half of a surrogate pair; remove that character"] },
    });
  }
  // Only what JSON can hold: files and dates have no texts to look into.
  if (Array.isArray(value)) for (const [index, item] of value.entries()) assertStorable(item, [...path, String(index)]);
  else if (typeof value === "object" && value !== null && !(value instanceof Date)) {
    for (const [key, item] of Object.entries(value)) {
      assertStorable(key, [...path, key]);
      assertStorable(item, [...path, key]);
    }
  }
}
