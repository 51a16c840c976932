import { diffJson } from "#lib/kernel/diff.ts";
import type { Json } from "#lib/kernel/json.ts";

/** The detail of an audit line where something has a before and an after: one entry for each parameter that differs. */
export function changesDetail(before: Json, after: Json): Json {
  return { changes: diffJson(before, after).map((change) => ({ ...change })) };
}
