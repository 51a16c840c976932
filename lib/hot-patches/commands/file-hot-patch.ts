import type { z } from "zod";
import { may } from "#lib/access/may.ts";
import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import { assertCanTakeEffect, examine } from "#lib/hot-patches/examine.ts";
import { FileHotPatch } from "#lib/hot-patches/input.ts";
import { hotPatchOf } from "#lib/hot-patches/load.ts";
import { type HotPatch, type HotPatchState, LIMITS } from "#lib/hot-patches/model.ts";
import { type PatchPlace, patchPlace } from "#lib/hot-patches/place.ts";
import { nameOf } from "#lib/hot-patches/rules.ts";
import { insertHotPatch, recordEvents } from "#lib/hot-patches/store.ts";
import { activationLines, limitInWords, tellOfPatch, waiverOf } from "#lib/hot-patches/taking-effect.ts";
import { ceilingOf, timeToLive } from "#lib/hot-patches/time.ts";
import { changesAsDetail, changesInWords, patchLine } from "#lib/hot-patches/words.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { Tx } from "#lib/platform/db.ts";
import { speakerOf } from "#lib/reviews/people.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { holdSystem, systemBySlug } from "#lib/systems/store.ts";

type Input = z.output<typeof FileHotPatch>;

/** What every command on a patch answers with. */
export type HotPatchAnswer = {
  readonly number: number;
  /** HP-3 */
  readonly name: string;
  readonly state: HotPatchState;
  readonly expiresAt: Date;
  readonly reviewDueAt: Date;
  readonly revision: number;
};

export function answerOf(patch: HotPatch): HotPatchAnswer {
  const { number, state, expiresAt, reviewDueAt, revision } = patch;
  return { number, name: nameOf(patch), state, expiresAt, reviewDueAt, revision };
}

export type FiledHotPatch = HotPatchAnswer & {
  /** Why it is given less time than was asked; null: it is not. */
  readonly shortened: string | null;
  /** True when the same filing had been taken before. */
  readonly isRepeat: boolean;
};

/**
 * Changes parameters of one environment for a time, during an incident. In force at once for whoever may break glass,
 * else after one approval. Its follow-up comes with it. Freeze windows and holds do not hold it back.
 */
export const fileHotPatch = command(
  {
    name: "hotPatch.file",
    may: "hot-patch:file",
    on: ofEnvironment,
    input: FileHotPatch,
    summary:
      "File a hot-patch: a time-boxed change of parameters during an incident, in force at once for those who may break glass, else after one approval",
    http: { method: "POST", path: "/systems/{system}/environments/{environment}/hot-patches" },
  },
  async (context): Promise<Outcome<FiledHotPatch>> => {
    const { tx, actor, now, input } = context;
    const { personId } = await speakerOf(tx, actor);
    if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(personId)) {
      throw new Refusal("forbidden", "A hot-patch is filed by a person, or by a token of theirs");
    }
    const system = await systemBySlug(tx, input.system);
    await holdSystem(tx, system.id);
    const earlier = input.clientKey === undefined ? null : await filedBefore(tx, input.clientKey);
    const place = await patchPlace(tx, input, now);
    if (earlier) return repeated(earlier, { place, personId, input });
    const examination = await examine(tx, place, { wanted: input.changes, now });
    assertCanTakeEffect(examination);

    const scope = { systemId: system.id, environment: place.environment.slug };
    const isAtOnce = may(actor, "hot-patch:break-glass", scope);
    const ceilingAt = ceilingOf(now);
    const time = timeToLive({
      ...(input.minutes !== undefined && { asked: input.minutes }),
      level: input.level,
      policy: place.policy,
      from: now,
      ceilingAt,
    });
    const { afterDigest } = examination;
    const patch = await insertHotPatch(tx, {
      systemId: system.id,
      environmentId: place.environment.id,
      bundleId: place.bundle.id,
      incident: input.incident,
      incidentLevel: input.level,
      reason: input.reason,
      changes: examination.changes,
      baseSnapshotId: place.snapshot.id,
      beforeDigest: examination.beforeDigest,
      afterDigest,
      state: isAtOnce ? "active" : "requested",
      revertsAtExpiry: place.policy.revertsAtExpiry,
      filedById: personId,
      filedByName: actor.name,
      filedAt: now,
      minutes: Math.floor(time.minutes),
      activatedAt: isAtOnce ? now : null,
      expiresAt: isAtOnce ? time.expiresAt : new Date(now.getTime() + LIMITS.requestMinutes * 60_000),
      followUpDueAt: time.expiresAt,
      ceilingAt,
      reviewDueAt: new Date(now.getTime() + place.policy.reviewHours * 3_600_000),
      waiver: waiverOf({ afterDigest, incident: input.incident, reason: input.reason, by: actor.name }),
      clientKey: input.clientKey ?? null,
    });
    return filed(context, { patch, place, shortened: limitInWords(time) });
  },
);

async function filed(
  { tx, actor, now }: CommandContext<Input>,
  {
    patch,
    place,
    shortened,
  }: { readonly patch: HotPatch; readonly place: PatchPlace; readonly shortened: string | null },
): Promise<Outcome<FiledHotPatch>> {
  const isAtOnce = patch.state === "active";
  const by = actor.name;
  const words = changesInWords(patch.changes);
  await recordEvents(
    tx,
    patch,
    [
      { kind: "filed", by, note: `${patch.incident}: ${patch.reason}` },
      ...(isAtOnce ? [{ kind: "activated" as const, by, note: `Broke the glass: ${words}` }] : []),
    ],
    now,
  );
  const told = await tellOfPatch(tx, patch, {
    where: place,
    about: isAtOnce ? "in_force" : "requested",
    // A token's owner may not know yet what was filed in their name.
    ...(actor.kind === "person" && { by: patch.filedById }),
    now,
  });
  const until = isAtOnce ? "" : `; it waits for one approval until ${formatUtc(patch.expiresAt)}`;
  return {
    result: { ...answerOf(patch), shortened, isRepeat: false },
    audit: [
      patchLine(patch, place, {
        action: "hot_patch.filed",
        summary: `${by} filed ${nameOf(patch)} in ${place.environment.name} of ${place.system.name} for ${patch.incident}: ${words}${until}`,
        reason: patch.reason,
        detail: {
          changes: changesAsDetail(patch.changes),
          level: patch.incidentLevel,
          minutes: patch.minutes,
          beforeDigest: patch.beforeDigest,
          afterDigest: patch.afterDigest,
          snapshot: place.snapshot.number,
        },
      }),
      ...(isAtOnce ? activationLines(patch, place, by) : []),
      patchLine(patch, place, {
        action: "follow_up.created",
        subject: { type: "follow_up", id: nameOf(patch) },
        summary: `${patch.followUp.ownerName} owes a decision on ${nameOf(patch)} by ${formatUtc(patch.followUp.dueAt)}`,
      }),
    ],
    ...told,
  };
}

async function filedBefore(tx: Tx, clientKey: string): Promise<HotPatch | null> {
  const row = await tx.hotPatch.findUnique({ where: { clientKey }, include: { followUp: true } });
  return row && hotPatchOf(row);
}

/** The same filing again: a phone that had no answer sends it twice. */
function repeated(
  earlier: HotPatch,
  { place, personId, input }: { readonly place: PatchPlace; readonly personId: string; readonly input: Input },
): Outcome<FiledHotPatch> {
  const isSame =
    earlier.filedById === personId &&
    earlier.environmentId === place.environment.id &&
    earlier.bundleId === place.bundle.id &&
    earlier.incident === input.incident &&
    asText(earlier.changes.map(({ pointer, after }) => ({ pointer, ...(after !== undefined && { after }) }))) ===
      asText(input.changes.map(({ pointer, value }) => ({ pointer, ...(value !== undefined && { after: value }) })));
  if (!isSame) throw new Refusal("conflict", "This clientKey belongs to another filing; make a new one for each");
  return {
    result: { ...answerOf(earlier), shortened: null, isRepeat: true },
    audit: [
      patchLine(earlier, place, {
        action: "hot_patch.filing_repeated",
        summary: `${earlier.filedByName} sent the filing of ${nameOf(earlier)} again; it was taken once`,
      }),
    ],
  };
}

function asText(value: Json): string {
  return canonicalJson(value);
}
