import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import type { FindingKind } from "../model.ts";

export type NewIgnoreRule = {
  readonly systemId: string;
  readonly pattern: string;
  readonly kinds: readonly FindingKind[];
  readonly environments: readonly string[];
  readonly bundle: string | null;
  readonly reason: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly expiresAt: Date;
  readonly createdBy: string;
};

/** @throws Refusal `not_found` */
export async function loadIgnoreRule(reader: Reader, id: string) {
  const row = await reader.ignoreRule.findUnique({ where: { id } });
  if (!row) throw new Refusal("not_found", "There is no such ignore rule");
  return row;
}

export type IgnoreRuleRow = Awaited<ReturnType<typeof loadIgnoreRule>>;

export async function insertIgnoreRule(tx: Tx, rule: NewIgnoreRule, now: Date): Promise<string> {
  const id = newId(now);
  await tx.ignoreRule.create({
    data: { ...rule, kinds: [...rule.kinds], environments: [...rule.environments], id, createdAt: now },
  });
  return id;
}

/** Compare-and-set from the revision that was seen. @throws Refusal `conflict` */
export async function updateIgnoreRule(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  next: { readonly expiresAt?: Date; readonly endedAt?: Date; readonly endedBy?: string },
): Promise<void> {
  const { count } = await tx.ignoreRule.updateMany({
    where: { id: seen.id, revision: seen.revision, endedAt: null },
    data: { ...next, revision: seen.revision + 1 },
  });
  if (count === 0) throw new Refusal("conflict", "Someone else changed this ignore rule first");
}
