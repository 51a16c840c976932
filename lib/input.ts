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
