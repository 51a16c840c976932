import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { leavesOf, setAt } from "#lib/kernel/pointer.ts";

const prompt =
  "You answer questions about a policy. Use the tools for anything that depends on a contract; never guess an amount or a date. ".repeat(
    12,
  );

const values: readonly ((at: number) => Json)[] = [
  (at) => (at % 100) / 100,
  (at) => at * 10,
  (at) => at % 2 === 0,
  (at) => `route-${at}`,
  (at) => [`term ${at}`, "claim", "délai de résiliation"],
  (at) => (at % 40 === 5 ? prompt : `A sentence about the setting ${at}, as people write it`),
];

/** A configuration of exactly this many parameters, four levels deep, with prompts and lists; the same on each call. */
export function configurationOf(parameters: number): JsonObject {
  const document: Record<string, Record<string, Record<string, Json>>> = {};
  for (let at = 0; at < parameters; at++) {
    const part = `part_${Math.floor(at / 100)}`;
    const group = `group_${Math.floor(at / 10) % 10}`;
    document[part] ??= {};
    document[part][group] ??= {};
    document[part][group][`setting_${at % 10}`] = values[at % values.length]?.(at) ?? null;
  }
  return document;
}

/** The document with one in fifty of its parameters set to something else, the first of them at `offset`. */
export function editedFrom(document: Json, offset: number): Json {
  return leavesOf(document)
    .filter((_, at) => at % 50 === offset)
    .reduce((edited, { pointer }, at) => setAt(edited, pointer, `edited ${offset} ${at}`), document);
}

/** The same JSON with the members of each object in the opposite order. */
export function reordered(value: Json): Json {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const members = Object.entries(value as JsonObject).reverse();
  return Object.fromEntries(members.map(([key, member]) => [key, reordered(member)]));
}
