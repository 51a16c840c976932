import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, refusingTaken, type Tx } from "#lib/platform/db.ts";
import type { Place } from "#lib/runtimes/model.ts";
import type { Remediation, RemediationState, RemediationTarget } from "./model.ts";

type Row = Awaited<ReturnType<Reader["remediation"]["findUniqueOrThrow"]>>;

export function remediationOf(row: Row): Remediation {
  return {
    ...row,
    target: row.target as RemediationTarget,
    trigger: row.trigger === "policy" ? "policy" : "person",
    state: row.state as RemediationState,
  };
}

/** @throws Refusal `not_found` */
export async function remediationByNumber(reader: Reader, number: number): Promise<Remediation> {
  const row = await reader.remediation.findUnique({ where: { number } });
  if (!row) throw new Refusal("not_found", `There is no remediation R-${number}`);
  return remediationOf(row);
}

const UNDER_WAY: RemediationState[] = ["waiting", "acting"];

/** Those that a job has to look at. */
export async function remediationsUnderWay(reader: Reader): Promise<readonly Remediation[]> {
  const rows = await reader.remediation.findMany({ where: { state: { in: UNDER_WAY } }, orderBy: { number: "asc" } });
  return rows.map(remediationOf);
}

/** The one that is under way or quarantined in a place. */
export async function activeRemediation(
  reader: Reader,
  { environmentId, bundleId }: Place,
): Promise<Remediation | null> {
  const row = await reader.remediation.findFirst({
    where: { environmentId, bundleId, state: { in: [...UNDER_WAY, "quarantined"] } },
  });
  return row && remediationOf(row);
}

/** The newest of a place that has ended since then. */
export async function lastRemediation(reader: Reader, place: Place, since: Date): Promise<Remediation | null> {
  const { environmentId, bundleId } = place;
  const row = await reader.remediation.findFirst({
    where: { environmentId, bundleId, endedAt: { gte: since } },
    orderBy: { number: "desc" },
  });
  return row && remediationOf(row);
}

/** When policy last opened a change request for a place. */
export async function newestAsked(reader: Reader, { environmentId, bundleId }: Place): Promise<Date | null> {
  const row = await reader.remediation.findFirst({
    where: { environmentId, bundleId, target: "last_known_good", trigger: "policy" },
    orderBy: { number: "desc" },
    select: { startedAt: true },
  });
  return row?.startedAt ?? null;
}

export type NewRemediation = Omit<Remediation, "id" | "number" | "startedAt" | "revision">;

/** @throws Refusal `conflict` when another one is active in the place */
export async function insertRemediation(tx: Tx, remediation: NewRemediation, now: Date): Promise<Remediation> {
  const { expectedDigests, pointers, ...rest } = remediation;
  const row = await refusingTaken(
    "remediation_active_key",
    "Another remediation of this place has begun meanwhile; one at a time",
    () =>
      tx.remediation.create({
        data: {
          ...rest,
          expectedDigests: [...expectedDigests],
          pointers: [...pointers],
          id: newId(now),
          startedAt: now,
        },
      }),
  );
  return remediationOf(row);
}

export type RemediationMove = Partial<
  Pick<Remediation, "attempts" | "restoreId" | "nextAttemptAt" | "note" | "endedAt">
> & {
  readonly state: RemediationState;
};

/** Compare-and-set: it moves only from the state and revision that the rules saw. @throws Refusal `conflict` */
export async function moveRemediation(
  tx: Tx,
  seen: Pick<Remediation, "id" | "state" | "revision">,
  move: RemediationMove,
): Promise<void> {
  const { count } = await tx.remediation.updateMany({
    where: { id: seen.id, state: seen.state, revision: seen.revision },
    data: { ...move, revision: seen.revision + 1 },
  });
  if (count === 0) throw new Refusal("conflict", "This remediation moved meanwhile; reload to see its state");
}

/** Findings that are not resolved, by the parameters that they are about. */
export async function openFindings(reader: Reader, { environmentId, bundleId }: Place, pointers: readonly string[]) {
  return reader.driftFinding.findMany({
    where: { environmentId, bundleId, pointer: { in: [...pointers] }, state: { not: "resolved" } },
    orderBy: { number: "asc" },
    select: { id: true, kind: true, pointer: true, state: true, openedAt: true },
  });
}

/** Writes into the timelines of the findings concerned what was done about them. */
export async function noteInTimelines(
  tx: Tx,
  remediation: Place & { readonly pointers: readonly string[] },
  told: { readonly by: string; readonly note: string; readonly at: Date },
): Promise<void> {
  const findings = await openFindings(tx, remediation, remediation.pointers);
  await tx.findingEvent.createMany({
    data: findings.map(({ id }) => ({
      id: newId(told.at),
      findingId: id,
      kind: "remediated",
      by: told.by,
      note: told.note,
      createdAt: told.at,
    })),
  });
}
