import { Refusal } from "#lib/kernel/refusal.ts";

/** What a page shows, or null when there is no such thing or the address cannot name one. Other refusals fly on. */
export async function orNotFound<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal && (error.code === "not_found" || error.code === "invalid")) return null;
    throw error;
  }
}
