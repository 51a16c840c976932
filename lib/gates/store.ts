import { newId } from "#lib/kernel/id.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { GateException } from "#lib/reviews/model.ts";

/** Appends exceptions, one for each place; they stay on the request for ever. */
export async function insertExceptions(
  tx: Tx,
  changeRequestId: string,
  exceptions: readonly Omit<GateException, "id" | "createdAt">[],
  now: Date,
): Promise<readonly string[]> {
  const rows = exceptions.map((exception) => ({ ...exception, id: newId(now), changeRequestId, createdAt: now }));
  await tx.gateException.createMany({ data: rows });
  return rows.map((row) => row.id);
}
