import type { Actor } from "#lib/access/actor.ts";
import { assertMay } from "#lib/access/may.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { ChangeKind } from "#lib/systems/model.ts";
import { currentRules, type SystemRow, systemBySlug } from "#lib/systems/store.ts";
import { consequencesOf } from "./consequences.ts";
import type { ChangeContent, ChangeRequest } from "./model.ts";
import { speakerOf } from "./people.ts";
import { assertMayForAll } from "./rules.ts";
import { beginReview, type Doing, type Step } from "./settle.ts";
import { insertChange } from "./store.ts";
import { changeInWords, changeLine } from "./words.ts";

export type Proposal = {
  readonly system: { readonly id: string };
  readonly title: string;
  readonly reason: string;
  readonly incident?: string;
  readonly asDraft: boolean;
  readonly content: ChangeContent;
  /** People who wrote part of the content, besides who proposes it. */
  readonly contributors: readonly string[];
};

/** The system that something is proposed for, unless its proposer may not even read it. @throws Refusal */
export async function systemToPropose(tx: Tx, actor: Actor, slug: string): Promise<SystemRow> {
  const system = await systemBySlug(tx, slug);
  assertMay(actor, "system:read", { systemId: system.id });
  return system;
}

const WORDS: Readonly<Record<ChangeKind, string>> = {
  version: "new versions",
  promotion: "a promotion",
  rollback: "a rollback",
  rules: "new rules",
};

/**
 * Makes a request of a content and, unless it is kept as a draft, opens it for review. A token proposes in the name of
 * the person whom it belongs to, who thereby cannot approve.
 * @throws Refusal `forbidden` when the content reaches an environment that its author may not change
 */
export async function propose(tx: Tx, proposal: Proposal, doing: Doing): Promise<Step> {
  const { system, content } = proposal;
  const { actor, now } = doing;
  const { rules } = await currentRules(tx, system.id);
  const { reaches } = await consequencesOf(tx, content, { id: system.id, rules });
  const permission = content.kind === "rules" ? "rules:propose" : "change:create";
  assertMayForAll(actor, permission, { systemId: system.id, environments: reaches });
  const { personId } = await speakerOf(tx, actor);
  const request = await insertChange(
    tx,
    {
      systemId: system.id,
      kind: content.kind,
      title: proposal.title,
      reason: proposal.reason,
      incident: proposal.incident ?? null,
      authorId: personId,
      authorName: actor.name,
      contributors: [...new Set([personId, ...proposal.contributors])],
      environments: reaches,
      content,
      createdBy: actor.name,
    },
    now,
  );
  const proposed = changeLine(request, {
    action: "change.proposed",
    summary: `${actor.name} proposed ${WORDS[content.kind]}: ${changeInWords(request)}`,
    reason: request.reason,
    detail: { kind: content.kind, contentDigest: request.contentDigest, environments: [...reaches] },
  });
  if (proposal.asDraft) return { request, audit: [proposed], notify: [] };
  const opened = await beginReview(tx, request, { actor, now, transition: "open" });
  return { ...opened, audit: [proposed, ...opened.audit] };
}

/** What every command on a request answers with. */
export type ChangeAnswer = {
  readonly id: string;
  readonly number: number;
  readonly state: ChangeRequest["state"];
  readonly revision: number;
  readonly contentDigest: string;
};

export function answerOf({ id, number, state, revision, contentDigest }: ChangeRequest): ChangeAnswer {
  return { id, number, state, revision, contentDigest };
}
