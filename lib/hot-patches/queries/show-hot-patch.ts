import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { runningDocuments } from "#lib/hot-patches/ending.ts";
import { OfHotPatch } from "#lib/hot-patches/input.ts";
import { hotPatchByNumber } from "#lib/hot-patches/load.ts";
import { type HotPatch, LIMITS } from "#lib/hot-patches/model.ts";
import { runsPatch } from "#lib/hot-patches/outcome.ts";
import { patchPlace } from "#lib/hot-patches/place.ts";
import { phaseOf } from "#lib/hot-patches/rules.ts";
import { missingHotPatch, ofHotPatch } from "#lib/hot-patches/scope.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { type Catalogue, catalogueOf } from "#lib/systems/catalogue.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { currentRules } from "#lib/systems/store.ts";
import { peopleWho } from "./people.ts";
import { rowsOf } from "./rows.ts";

/** What this person may do with a patch now; the commands decide again. */
export type PatchAbilities = {
  readonly approve: boolean;
  readonly withdraw: boolean;
  readonly extend: boolean;
  readonly review: boolean;
  readonly decide: boolean;
};

/** Everything about one patch: what its page shows. */
export const showHotPatch = query(
  {
    name: "hotPatch.show",
    may: "system:read",
    on: ofHotPatch,
    input: OfHotPatch,
    missing: missingHotPatch,
    summary: "Show a hot-patch: what it changes, its time, its timeline, what it owes and how many runtimes run it",
    http: { method: "GET", path: "/hot-patches/{number}" },
  },
  async ({ db, actor, now, input }) => {
    const patch = await hotPatchByNumber(db, input.number);
    const [row] = await rowsOf(db, [patch], now);
    if (!row) throw new Refusal("not_found", missingHotPatch(input));
    const { rules } = await currentRules(db, patch.systemId);
    const catalogue = catalogueOf(rules, row.bundle.slug);
    const policy = operationOf(rules, row.environment.slug).hotPatch;
    const scope = { systemId: patch.systemId, environment: row.environment.slug };
    const [events, snapshot, reviewers, owners] = await Promise.all([
      db.hotPatchEvent.findMany({ where: { hotPatchId: patch.id }, orderBy: { id: "asc" } }),
      db.snapshot.findUnique({ where: { id: patch.baseSnapshotId }, select: { number: true } }),
      peopleWho(db, "hot-patch:review", scope, now),
      peopleWho(db, "hot-patch:file", scope, now),
    ]);
    return {
      ...row,
      minutes: patch.minutes,
      ceilingAt: patch.ceilingAt,
      revertsAtExpiry: patch.revertsAtExpiry,
      extensionsGiven: patch.extensions,
      extensionsLeft: LIMITS.extensions - patch.extensions.length,
      policy,
      beforeDigest: patch.beforeDigest,
      afterDigest: patch.afterDigest,
      waiver: patch.waiver,
      endedBy: patch.endedBy,
      snapshot: snapshot?.number ?? null,
      parameters: patch.changes.map((change) => ({
        ...change,
        title: catalogue.parameterAt(change.pointer).rule?.title ?? change.pointer,
        unit: catalogue.parameterAt(change.pointer).rule?.unit ?? null,
      })),
      timeline: events.map(({ id, kind, by, note, createdAt }) => ({ id, kind, by, note, at: createdAt })),
      takeUp: await takeUpOf(db, { patch, catalogue, row }, now),
      abilities: abilitiesOf(actor, patch, { scope, now }),
      /** Who could answer, extend or review it: names. */
      reviewers: reviewers.filter((person) => person.id !== patch.filedById).map((person) => person.name),
      /** Who could take the follow-up over. */
      possibleOwners: owners.filter((person) => person.id !== patch.followUp.ownerId),
      now,
    };
  },
);

/** How many live runtimes run what the patch sets; `null` before it took effect, and once that is declared without it. */
async function takeUpOf(
  reader: Reader,
  {
    patch,
    catalogue,
    row,
  }: {
    readonly patch: HotPatch;
    readonly catalogue: Catalogue;
    readonly row: {
      readonly system: { readonly slug: string };
      readonly environment: { readonly slug: string };
      readonly bundle: { readonly slug: string };
    };
  },
  now: Date,
) {
  if (patch.activatedAt === null) return null;
  const slugs = { system: row.system.slug, environment: row.environment.slug, bundle: row.bundle.slug };
  const { served, snapshot } = await patchPlace(reader, slugs, now);
  const comparisonAt = (pointer: string) => catalogue.parameterAt(pointer).rule?.comparison;
  if (patch.state !== "active" && runsPatch(patch.changes, snapshot.effective, comparisonAt)) return null;
  const running = await runningDocuments(reader, { patch, known: [served, snapshot.effective] }, now);
  const count = (documents: typeof running) => documents.reduce((sum, { instances }) => sum + instances, 0);
  return {
    live: count(running),
    patched: count(running.filter(({ document }) => runsPatch(patch.changes, document, comparisonAt))),
  };
}

function abilitiesOf(
  actor: Actor,
  patch: HotPatch,
  { scope, now }: { readonly scope: { readonly systemId: string; readonly environment: string }; readonly now: Date },
): PatchAbilities {
  const phase = phaseOf(patch, now);
  const isFiler = patch.filedById === actor.id;
  const mayReview = may(actor, "hot-patch:review", scope);
  const mayFile = may(actor, "hot-patch:file", scope);
  const isWaiting = phase === "requested" && patch.expiresAt.getTime() > now.getTime();
  return {
    approve: isWaiting && mayReview && !isFiler,
    withdraw: phase === "requested" && mayFile && isFiler,
    extend:
      phase === "in_force" &&
      mayReview &&
      !isFiler &&
      patch.extensions.length < LIMITS.extensions &&
      patch.extensions.at(-1)?.byId !== actor.id,
    review:
      patch.activatedAt !== null &&
      patch.reviewedAt === null &&
      mayReview &&
      !isFiler &&
      patch.approvedById !== actor.id,
    decide: actor.kind === "person" && mayFile && patch.state !== "requested" && patch.followUp.state === "open",
  };
}
