import { isJsonObject, type Json } from "#lib/kernel/json.ts";

/** `{"$secret": …}` and `{"$prompt": …}` stand for a value that is kept elsewhere. */
export function isReference(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && (key === "$secret" || key === "$prompt");
}
