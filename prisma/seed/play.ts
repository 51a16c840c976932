import type { Actor } from "#lib/access/actor.ts";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { markRead } from "#lib/accounts/commands/notifications.ts";
import { saveDraft } from "#lib/bundles/commands/save-draft.ts";
import { startDraft } from "#lib/bundles/commands/start-draft.ts";
import type { BundleSource } from "#lib/bundles/model.ts";
import { showDraft } from "#lib/bundles/queries.ts";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import { overrideGate, waiveCheck } from "#lib/gates/commands/except-gate.ts";
import { checkChange } from "#lib/gates/queries.ts";
import { database } from "#lib/platform/db.ts";
import { defineFreezeWindow } from "#lib/releases/commands/freeze-windows.ts";
import { verifyDeployment } from "#lib/releases/commands/verify-deployment.ts";
import { showEnvironment } from "#lib/releases/queries.ts";
import { closeChange } from "#lib/reviews/commands/close-change.ts";
import { replyToThread, resolveThread, startThread } from "#lib/reviews/commands/discuss-change.ts";
import { editChange } from "#lib/reviews/commands/edit-change.ts";
import { proposePromotion, proposeRollback } from "#lib/reviews/commands/propose-release.ts";
import { proposeRules } from "#lib/reviews/commands/propose-rules.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import { scheduleChange } from "#lib/reviews/commands/schedule-change.ts";
import type { Anchor } from "#lib/reviews/model.ts";
import { showChange } from "#lib/reviews/queries/show-change.ts";
import { liftHold } from "#lib/systems/commands/hold-environment.ts";
import { showRules } from "#lib/systems/queries.ts";
import { PEOPLE, TIME_ZONE } from "./people.ts";
import { playIgnoreRule, playReport } from "./play-drift.ts";
import { playHotPatch } from "./play-hot-patches.ts";
import type { Clock } from "./story/clock.ts";
import { edited } from "./story/edit.ts";
import type { Edit, Place, Step } from "./story/step.ts";

const DAY_MS = 86_400_000;
const TIDY_DAY = 39;

/** What the story's names turned out to be. */
type Known = {
  readonly drafts: Map<string, string>;
  readonly requests: Map<string, number>;
  readonly threads: Map<string, string>;
  readonly patches: Map<string, number>;
};

type Turn = { readonly actor: Actor; readonly now: Date; readonly clock: Clock; readonly known: Known };
type Of<Do extends Step["do"]> = Extract<Step, { readonly do: Do }>;

/** Plays the steps through the commands, each at its moment and by its person. `onStep` hears of each that is done. */
export async function play(steps: readonly Step[], clock: Clock, onStep: (done: number) => void): Promise<void> {
  const known: Known = { drafts: new Map(), requests: new Map(), threads: new Map(), patches: new Map() };
  let hasTidied = false;
  for (const [index, step] of steps.entries()) {
    const now = clock.momentOf(step.at);
    if (!hasTidied && Number.parseInt(step.at, 10) >= TIDY_DAY) {
      hasTidied = true;
      for (const { email } of PEOPLE) await tidyInbox(email, now);
    }
    const actor = await actorOfPerson(database(), step.by, { channel: "browser", now });
    try {
      await act(step, { actor, now, clock, known });
    } catch (error) {
      throw new Error(`The story stops at “${step.do}” by ${step.by} on day ${step.at}`, { cause: error });
    }
    onStep(index + 1);
  }
}

/** What is older is read; the newest notifications still wait. */
async function tidyInbox(email: string, now: Date): Promise<void> {
  const db = database();
  const actor = await actorOfPerson(db, email, { channel: "browser", now });
  const unread = await db.notification.count({ where: { personId: actor.id, readAt: null } });
  if (unread > 0) await markRead(actor, {}, { now });
}

async function act(step: Step, turn: Turn): Promise<void> {
  const { actor, now } = turn;
  switch (step.do) {
    case "draft":
      return draft(step, turn);
    case "proposeVersion": {
      const drafts = step.drafts.map((name) => draftOf(name, turn));
      return remember(step, await proposeVersion(actor, { ...proposalOf(step), drafts }, { now }), turn);
    }
    case "proposePromotion":
      return promotion(step, turn);
    case "proposeRollback":
      return rollback(step, turn);
    case "proposeRules": {
      const base = await showRules(actor, { system: step.system });
      const content = { baseRulesId: base.id, rules: step.change(base.rules) };
      return remember(step, await proposeRules(actor, { ...proposalOf(step), ...content }, { now }), turn);
    }
    case "revise":
      return revise(step, turn);
    case "review":
      return review(step, turn);
    case "remark": {
      const number = requestOf(step.request, turn);
      const anchor = await anchorOf(step.remark.place, number, turn);
      await startThread(actor, { number, anchor, body: step.remark.body }, { now });
      return rememberThread(step.remark, number, turn);
    }
    case "reply":
      await replyToThread(actor, { ...threadOf(step, turn), body: step.body }, { now });
      return;
    case "resolve":
      await resolveThread(actor, threadOf(step, turn), { now });
      return;
    case "waive":
      return waive(step, turn);
    case "override": {
      const number = requestOf(step.request, turn);
      const { request } = await showChange(actor, { number }, { now });
      const { gate, reason } = step;
      const exception = {
        number,
        gate,
        reason,
        contentDigest: request.contentDigest,
        expiresAt: inDays(step.days, now),
      };
      await overrideGate(actor, exception, { now });
      return;
    }
    case "apply":
      await applyChange(actor, { number: requestOf(step.request, turn) }, { now });
      return;
    case "schedule":
      await scheduleChange(actor, { number: requestOf(step.request, turn), at: turn.clock.nextMorning }, { now });
      return;
    case "close":
      await closeChange(actor, { number: requestOf(step.request, turn), reason: step.reason }, { now });
      return;
    case "verify":
      return verify(step, turn);
    case "liftHold":
      await liftHold(actor, { system: step.system, environment: step.environment, reason: step.reason }, { now });
      return;
    case "report":
      return playReport(step, now);
    case "ignore":
      return playIgnoreRule(step, actor, now);
    case "fileHotPatch":
    case "extendHotPatch":
    case "reviewHotPatch":
    case "revertHotPatch":
    case "keepHotPatch":
    case "hotPatchClock":
      return playHotPatch(step, { actor, now, patches: turn.known.patches, requests: turn.known.requests });
    case "defineFreezeWindow": {
      const { name, cron, durationMinutes, environments, reason } = step;
      const window = { name, kind: "deny", cron, durationMinutes, timeZone: TIME_ZONE, environments, reason };
      await defineFreezeWindow(actor, window, { now });
      return;
    }
  }
}

async function draft(step: Of<"draft">, turn: Turn): Promise<void> {
  const { actor, now, clock } = turn;
  const { system, bundle, title } = step;
  const { draftId } = await startDraft(actor, { system, bundle, title }, { now });
  turn.known.drafts.set(step.draft, draftId);
  const { source: first, revision } = await showDraft(actor, { draftId });
  const source = edited(step.source ? shifted(step.source, clock) : first, shiftedEdits(step.edits, clock));
  await saveDraft(actor, { draftId, source, revision }, { now });
}

async function revise(step: Of<"revise">, turn: Turn): Promise<void> {
  const { actor, now, clock } = turn;
  const draftId = draftOf(step.draft, turn);
  const { source, revision } = await showDraft(actor, { draftId });
  await saveDraft(actor, { draftId, source: edited(source, shiftedEdits(step.edits, clock)), revision }, { now });
  await editChange(actor, { number: requestOf(step.request, turn), fromDrafts: true }, { now });
}

async function promotion(step: Of<"proposePromotion">, turn: Turn): Promise<void> {
  const { outcome } = await showChange(turn.actor, { number: requestOf(step.of, turn) });
  const versions = outcome.filter((one) => step.bundles.some((slug) => one.label.startsWith(`${slug} `)));
  const content = { environment: step.environment, versions: versions.map((one) => one.id) };
  remember(step, await proposePromotion(turn.actor, { ...proposalOf(step), ...content }, { now: turn.now }), turn);
}

async function rollback(step: Of<"proposeRollback">, turn: Turn): Promise<void> {
  const { bundles } = await showEnvironment(turn.actor, { system: step.system, environment: step.environment });
  const snapshots = bundles
    .filter((bundle) => step.bundles.includes(bundle.slug))
    .flatMap((bundle) => bundle.deployments[1]?.snapshot.number ?? []);
  const content = { environment: step.environment, snapshots };
  remember(step, await proposeRollback(turn.actor, { ...proposalOf(step), ...content }, { now: turn.now }), turn);
}

async function review(step: Of<"review">, turn: Turn): Promise<void> {
  const { actor, now } = turn;
  const number = requestOf(step.request, turn);
  const { request } = await showChange(actor, { number }, { now });
  const remarks = step.remarks ?? [];
  const comments = [];
  for (const { place, body } of remarks) comments.push({ anchor: await anchorOf(place, number, turn), body });
  const { verdict, summary } = step;
  await reviewChange(actor, { number, verdict, summary, contentDigest: request.contentDigest, comments }, { now });
  for (const remark of remarks) await rememberThread(remark, number, turn);
}

/** Sets aside every place that the gate still lists; none is fine. */
async function waive(step: Of<"waive">, turn: Turn): Promise<void> {
  const { actor, now } = turn;
  const number = requestOf(step.request, turn);
  const report = await checkChange(actor, { number }, { now });
  const check = report.checks.find((one) => one.id === step.gate);
  if (!check || check.status === "passed" || check.items.length === 0) return;
  const { gate, reason } = step;
  const items = check.items.map((one) => one.item);
  const { contentDigest } = report;
  await waiveCheck(actor, { number, gate, items, reason, contentDigest, expiresAt: inDays(step.days, now) }, { now });
}

async function verify(step: Of<"verify">, { actor, now }: Turn): Promise<void> {
  const { bundles } = await showEnvironment(actor, { system: step.system, environment: step.environment }, { now });
  for (const { slug, current } of bundles) {
    if (!step.bundles.includes(slug) || !current) continue;
    const seen = { deployment: current.number, digest: current.snapshot.effectiveDigest, evidence: step.evidence };
    await verifyDeployment(actor, seen, { now });
  }
}

/** Where a remark stands; a line is found by the words on it. */
async function anchorOf(place: Place, number: number, { actor, now }: Turn): Promise<Anchor> {
  if (place.type !== "line") return place;
  const { texts } = await showChange(actor, { number }, { now });
  const pair = texts.find((one) => one.bundle === place.bundle && one.layer === place.layer);
  const lines = (pair?.[place.side] ?? "").split("\n");
  const index = lines.findIndex((line) => line.includes(place.find));
  const { type, bundle, layer, side } = place;
  return { type, bundle, layer, side, line: index + 1, text: lines[index] ?? "" };
}

async function rememberThread(remark: { thread: string; body: string }, number: number, turn: Turn): Promise<void> {
  const { threads } = await showChange(turn.actor, { number }, { now: turn.now });
  const thread = threads.findLast((one) => one.comments[0]?.body === remark.body);
  if (!thread) throw new Error(`The remark ${remark.thread} is not there`);
  turn.known.threads.set(remark.thread, thread.id);
}

function remember(
  { request }: { readonly request: string },
  { number }: { readonly number: number },
  turn: Turn,
): void {
  turn.known.requests.set(request, number);
}

function proposalOf({
  system,
  title,
  reason,
  incident,
  asDraft,
}: Of<"proposeVersion" | "proposeRules" | "proposePromotion" | "proposeRollback">) {
  return { system, title, reason, incident, asDraft };
}

function draftOf(name: string, { known }: Turn): string {
  return nameOf(known.drafts, name);
}

function requestOf(name: string, { known }: Turn): number {
  return nameOf(known.requests, name);
}

function threadOf(step: { readonly request: string; readonly thread: string }, turn: Turn) {
  return { number: requestOf(step.request, turn), threadId: nameOf(turn.known.threads, step.thread) };
}

function nameOf<T>(names: ReadonlyMap<string, T>, name: string): T {
  const found = names.get(name);
  if (found === undefined) throw new Error(`The story speaks of ${name} before it is there`);
  return found;
}

function inDays(days: number, now: Date): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

function shifted({ base, overlays }: BundleSource, clock: Clock): BundleSource {
  const moved = Object.entries(overlays).map(([layer, text]) => [layer, clock.shiftDates(text)]);
  return { base: clock.shiftDates(base), overlays: Object.fromEntries(moved) };
}

function shiftedEdits(edits: readonly Edit[], clock: Clock): readonly Edit[] {
  return edits.map((edit) => ({ ...edit, find: clock.shiftDates(edit.find), put: clock.shiftDates(edit.put) }));
}
