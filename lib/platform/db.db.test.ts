import { expect, test } from "vitest";
import { database, isWriteConflict } from "./db.ts";

/** Takes two locks, the second when both sides have their first. */
function side(locks: readonly [number, number], meet: () => Promise<void>): Promise<unknown> {
  return database().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(4242, ${locks[0]}::int)`;
      await meet();
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(4242, ${locks[1]}::int)`;
    },
    { timeout: 30_000 },
  );
}

test("a deadlock met in a statement written in SQL is a conflict, after which the transaction may be tried again", async () => {
  const both = Promise.withResolvers<void>();
  let waiting = 0;
  const meet = () => {
    waiting += 1;
    if (waiting === 2) both.resolve();
    return both.promise;
  };
  const outcomes = await Promise.allSettled([side([1, 2], meet), side([2, 1], meet)]);
  const lost = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(lost).toHaveLength(1);
  expect(isWriteConflict(lost[0])).toBe(true);
  expect(isWriteConflict(new Error("deadlock detected"))).toBe(false);
});
