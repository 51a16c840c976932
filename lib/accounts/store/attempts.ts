import { attemptPause, FREE_ATTEMPTS, MEMORY } from "#lib/accounts/attempts.ts";
import { sha256 } from "#lib/kernel/digest.ts";
import type { Db } from "#lib/platform/db.ts";

type Keys = { readonly account: string; readonly address: string };

/** People type passwords into the wrong field: only a hash is kept. */
function accountKey(account: string): string {
  return `account:${sha256(account).toString("hex")}`;
}

/**
 * Counts an attempt as failed before it is judged, so that many at once cannot all pass the same count; the judge takes
 * it back when it succeeds. Returns how long to wait, in milliseconds; then nothing was counted.
 */
export async function claimAttempt(db: Db, { account, address }: Keys, now: Date): Promise<number> {
  const limits = [
    { key: accountKey(account), free: FREE_ATTEMPTS.account },
    { key: `address:${address}`, free: FREE_ATTEMPTS.address },
  ];
  return db.$transaction(
    async (tx) => {
      // Always account before address: two attempts never wait for each other.
      await tx.$executeRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(key, 0))
        FROM unnest(${limits.map(({ key }) => key)}::text[]) WITH ORDINALITY AS limits (key, place) ORDER BY place`;
      const failures = await tx.signInFailure.findMany({
        where: { key: { in: limits.map(({ key }) => key) }, at: { gt: new Date(now.getTime() - MEMORY) } },
        orderBy: { at: "desc" },
        select: { key: true, at: true },
      });
      const pauses = limits.map(({ key, free }) => {
        const own = failures.filter((failure) => failure.key === key).map(({ at }) => at);
        return attemptPause(own, free, now);
      });
      const wait = Math.max(...pauses);
      if (wait === 0) await tx.signInFailure.createMany({ data: limits.map(({ key }) => ({ key, at: now })) });
      return wait;
    },
    // A flood of guesses queues here; whoever waits is judged in turn.
    { maxWait: 15_000, timeout: 15_000 },
  );
}

/** A success forgives the account, takes its own attempt back from the address, and clears out what is long past. */
export async function forgiveAttempts(db: Db, { account, address }: Keys, now: Date): Promise<void> {
  await db.signInFailure.deleteMany({
    where: {
      OR: [
        { key: accountKey(account) },
        { key: `address:${address}`, at: now },
        { at: { lt: new Date(now.getTime() - MEMORY) } },
      ],
    },
  });
}
