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
  return db.$transaction(async (tx) => {
    // Always account before address: two attempts never wait for each other.
    for (const { key } of limits) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const pauses = await Promise.all(
      limits.map(async ({ key, free }) => {
        const failures = await tx.signInFailure.findMany({
          where: { key, at: { gt: new Date(now.getTime() - MEMORY) } },
          orderBy: { at: "desc" },
          select: { at: true },
        });
        return attemptPause(
          failures.map(({ at }) => at),
          free,
          now,
        );
      }),
    );
    const wait = Math.max(...pauses);
    if (wait === 0) await tx.signInFailure.createMany({ data: limits.map(({ key }) => ({ key, at: now })) });
    return wait;
  });
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
