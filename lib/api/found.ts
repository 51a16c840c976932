import { forbidden, notFound } from "next/navigation";
import { Refusal } from "#lib/kernel/refusal.ts";

/**
 * What a page reads. What does not exist, or was never an address, becomes the page that says so; what the person may
 * not see becomes 403. Everything else that flies, flies on.
 */
export async function found<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "not_found" || error.code === "invalid") notFound();
    if (error.code === "forbidden") forbidden();
    throw error;
  }
}
