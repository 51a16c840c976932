import type { Actor } from "#lib/access/actor.ts";
import { assertMay } from "#lib/access/may.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import type { ChangeRequestModel } from "#lib/platform/prisma/models.ts";
import type { ChangeKind } from "#lib/systems/model.ts";
import type {
  Anchor,
  ChangeContent,
  ChangeRequest,
  ChangeState,
  GateException,
  Review,
  ScheduleState,
  Thread,
  Verdict,
} from "./model.ts";

/** A stored row as the model knows it. */
export function changeOf(row: ChangeRequestModel): ChangeRequest {
  return {
    ...row,
    kind: row.kind as ChangeKind,
    state: row.state as ChangeState,
    scheduleState: row.scheduleState as ScheduleState,
  };
}

/** @throws Refusal `not_found` */
export async function changeByNumber(reader: Reader, number: number): Promise<ChangeRequest> {
  const row = await reader.changeRequest.findUnique({ where: { number } });
  if (!row) throw new Refusal("not_found", `There is no change request ${number}`);
  return changeOf(row);
}

/**
 * The request, locked until the transaction ends: rivals decide one after the other, each on what the one before left.
 * Nobody learns anything of a request whose system they may not read.
 * @throws Refusal `not_found` or `forbidden`
 */
export async function lockChange(tx: Tx, number: number, actor: Actor): Promise<ChangeRequest> {
  await tx.$queryRaw`SELECT 1 FROM change_request WHERE number = ${number} FOR UPDATE`;
  return readableChange(tx, number, actor);
}

/** The request, kept from being applied or moved while something is added to its conversation. @throws as `lockChange` */
export async function holdChange(tx: Tx, number: number, actor: Actor): Promise<ChangeRequest> {
  await tx.$queryRaw`SELECT 1 FROM change_request WHERE number = ${number} FOR SHARE`;
  return readableChange(tx, number, actor);
}

async function readableChange(reader: Reader, number: number, actor: Actor): Promise<ChangeRequest> {
  const request = await changeByNumber(reader, number);
  assertMay(actor, "system:read", { systemId: request.systemId });
  return request;
}

/** The content as approvals name it; `revision`: absent for the current one. @throws Refusal `not_found` */
export async function contentOf(
  reader: Reader,
  request: Pick<ChangeRequest, "id" | "contentRevision">,
  revision = request.contentRevision,
): Promise<ChangeContent> {
  const key = { changeRequestId: request.id, revision };
  const row = await reader.changeContent.findUnique({ where: { changeRequestId_revision: key } });
  if (!row) throw new Refusal("not_found", `This change has no revision ${revision}`);
  return row.content as unknown as ChangeContent;
}

/** Every verdict and comment of reviewers, oldest first. */
export async function reviewsOf(reader: Reader, request: Pick<ChangeRequest, "id">): Promise<readonly Review[]> {
  const rows = await reader.review.findMany({
    where: { changeRequestId: request.id },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({ ...row, verdict: row.verdict as Verdict }));
}

export async function threadsOf(reader: Reader, request: Pick<ChangeRequest, "id">): Promise<readonly Thread[]> {
  const rows = await reader.thread.findMany({ where: { changeRequestId: request.id }, orderBy: { id: "asc" } });
  return rows.map((row) => ({ ...row, anchor: row.anchor as unknown as Anchor }));
}

/** Every exception that was ever made for the request, oldest first. */
export async function exceptionsOf(
  reader: Reader,
  request: Pick<ChangeRequest, "id">,
): Promise<readonly GateException[]> {
  return reader.gateException.findMany({ where: { changeRequestId: request.id }, orderBy: { createdAt: "asc" } });
}
