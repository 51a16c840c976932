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

/** As `found`, for one thing that has a number: one that the person may not read is the same page as one that is not there. */
export async function foundOrHidden<T>(reading: Promise<T>): Promise<T> {
  return found(
    reading.catch((error: unknown) => {
      if (error instanceof Refusal && error.code === "forbidden") notFound();
      throw error;
    }),
  );
}
