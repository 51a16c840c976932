import { newId } from "#lib/kernel/id.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { ChangeKind } from "#lib/systems/model.ts";
import { contentDigest } from "./content.ts";
import { changeOf } from "./load.ts";
import type { ChangeContent, ChangeRequest, ChangeState, ScheduleState } from "./model.ts";

export type NewChange = {
  readonly systemId: string;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly reason: string;
  readonly incident: string | null;
  readonly authorId: string;
  readonly authorName: string;
  readonly contributors: readonly string[];
  readonly environments: readonly string[];
  readonly content: ChangeContent;
  readonly createdBy: string;
};

/** A new draft request with the first revision of its content. */
export async function insertChange(tx: Tx, change: NewChange, now: Date): Promise<ChangeRequest> {
  const { content, createdBy, contributors, environments, ...data } = change;
  const digest = contentDigest(content);
  const row = await tx.changeRequest.create({
    data: {
      ...data,
      id: newId(now),
      state: "draft",
      contributors: [...contributors],
      environments: [...environments],
      contentRevision: 1,
      contentDigest: digest,
      createdAt: now,
      updatedAt: now,
    },
  });
  await insertContent(tx, { changeRequestId: row.id, revision: 1, content, createdBy }, now);
  return changeOf(row);
}

/** Appends a revision of the content. @returns its digest */
export async function insertContent(
  tx: Tx,
  row: {
    readonly changeRequestId: string;
    readonly revision: number;
    readonly content: ChangeContent;
    readonly createdBy: string;
  },
  now: Date,
): Promise<string> {
  const digest = contentDigest(row.content);
  await tx.changeContent.create({ data: { ...row, content: row.content, digest, createdAt: now } });
  return digest;
}

/** What a command may change of a request. */
export type ChangePatch = {
  readonly state?: ChangeState;
  readonly title?: string;
  readonly reason?: string;
  readonly authorId?: string;
  readonly authorName?: string;
  readonly contributors?: readonly string[];
  readonly environments?: readonly string[];
  readonly contentRevision?: number;
  readonly contentDigest?: string;
  readonly scheduleState?: ScheduleState;
  readonly scheduledFor?: Date | null;
  readonly scheduledBy?: string | null;
  readonly scheduleAttempts?: number;
  readonly scheduleNote?: string | null;
  readonly closedReason?: string | null;
  readonly appliedAt?: Date | null;
  readonly outcome?: Json;
  readonly gateReport?: Json;
};

/**
 * Compare-and-set: the request moves only from the state and revision that the rules saw.
 * @returns the request as it is now
 * @throws Refusal `conflict`
 */
export async function updateChange(tx: Tx, seen: ChangeRequest, patch: ChangePatch, now: Date): Promise<ChangeRequest> {
  const { contributors, environments, outcome, gateReport, ...plain } = patch;
  const { count } = await tx.changeRequest.updateMany({
    where: { id: seen.id, state: seen.state, revision: seen.revision },
    data: {
      ...plain,
      ...(contributors && { contributors: [...contributors] }),
      ...(environments && { environments: [...environments] }),
      ...(outcome !== undefined && { outcome: outcome ?? {} }),
      ...(gateReport !== undefined && { gateReport: gateReport ?? {} }),
      revision: seen.revision + 1,
      updatedAt: now,
    },
  });
  if (count === 0)
    throw new Refusal("conflict", "Someone else changed this request first; reload to see what they did");
  const { outcome: _, gateReport: __, ...known } = patch;
  return { ...seen, ...known, revision: seen.revision + 1, updatedAt: now };
}
