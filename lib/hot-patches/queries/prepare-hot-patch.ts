import { z } from "zod";
import { may, readableSystems } from "#lib/access/may.ts";
import { examine } from "#lib/hot-patches/examine.ts";
import { PlaceInput, PreviewHotPatch } from "#lib/hot-patches/input.ts";
import { changesOf } from "#lib/hot-patches/load.ts";
import { LIMITS } from "#lib/hot-patches/model.ts";
import { refusedBecause } from "#lib/hot-patches/patch-scope.ts";
import { type PatchPlace, patchPlace } from "#lib/hot-patches/place.ts";
import { limitInWords } from "#lib/hot-patches/taking-effect.ts";
import { ceilingOf, timeToLive } from "#lib/hot-patches/time.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { getAt, leavesOf } from "#lib/kernel/pointer.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { catalogueOf, isWildcard } from "#lib/systems/catalogue.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { peopleWho } from "./people.ts";

/** A parameter that a responder may choose. */
export type PatchableParameter = {
  readonly pointer: string;
  readonly title: string;
  readonly description: string | null;
  readonly kind: string | null;
  readonly unit: string | null;
  readonly schema: JsonObject | null;
  /** What runtimes are served now; absent: it is not set. */
  readonly value?: Json;
  /** Why it can't be patched; null: it can. */
  readonly refusal: string | null;
  /** Patches that set it in this environment in the last 90 days. */
  readonly patchedBefore: number;
};

/** Where this person may file: systems, their environments, and the bundles that run there. */
export const listPatchPlaces = query(
  {
    name: "hotPatch.places",
    may: "hot-patch:file",
    on: "anywhere",
    input: z.object({}),
    summary: "List the systems, environments and bundles for which you may file a hot-patch",
    http: { method: "GET", path: "/hot-patch-places" },
  },
  async ({ db, actor }) => {
    const readable = readableSystems(actor);
    const systems = await db.system.findMany({
      where: readable ? { id: { in: [...readable] } } : {},
      orderBy: { name: "asc" },
      select: {
        id: true,
        slug: true,
        name: true,
        environments: { orderBy: { position: "desc" }, select: { id: true, slug: true, name: true } },
        bundles: {
          where: { archivedAt: null },
          orderBy: { slug: "asc" },
          select: {
            slug: true,
            name: true,
            deployments: { where: { isCurrent: true }, select: { environmentId: true } },
          },
        },
      },
    });
    return systems.flatMap(({ id, slug, name, environments, bundles }) => {
      const open = environments
        .filter((one) => may(actor, "hot-patch:file", { systemId: id, environment: one.slug }))
        .map((environment) => ({
          slug: environment.slug,
          name: environment.name,
          isAtOnce: may(actor, "hot-patch:break-glass", { systemId: id, environment: environment.slug }),
          bundles: bundles
            .filter((bundle) => bundle.deployments.some((one) => one.environmentId === environment.id))
            .map((bundle) => ({ slug: bundle.slug, name: bundle.name })),
        }))
        .filter((environment) => environment.bundles.length > 0);
      return open.length === 0 ? [] : [{ slug, name, environments: open }];
    });
  },
);

/** What can be patched in a place, what was patched there most recently first. */
export const listPatchable = query(
  {
    name: "hotPatch.parameters",
    may: "system:read",
    on: ofEnvironment,
    input: PlaceInput,
    summary: "List the parameters of an environment that a hot-patch could change, and why others cannot be",
    http: { method: "GET", path: "/systems/{system}/environments/{environment}/patchable-parameters" },
  },
  async ({ db, now, input }) => {
    const place = await patchPlace(db, input, now);
    const history = await patchedPointers(db, place, now);
    const catalogue = catalogueOf(place.rules, place.bundle.slug);
    const set = leavesOf(place.served).map((leaf) => catalogue.parameterAt(leaf.pointer).pointer);
    const described = catalogue.rules.map((rule) => rule.pattern).filter((pattern) => !isWildcard(pattern));
    const parameters = [...new Set([...set, ...described])].map((pointer): PatchableParameter => {
      const rule = catalogue.ruleFor(pointer);
      const value = getAt(place.served, pointer);
      return {
        pointer,
        title: rule?.title ?? pointer,
        description: rule?.description ?? null,
        kind: rule?.kind ?? null,
        unit: rule?.unit ?? null,
        schema: rule?.schema ?? null,
        ...(value !== undefined && { value }),
        refusal: refusedBecause(rule),
        patchedBefore: history.filter((one) => one === pointer).length,
      };
    });
    const rank = (one: PatchableParameter) => {
      const last = history.indexOf(one.pointer);
      if (one.refusal !== null) return Number.MAX_SAFE_INTEGER;
      return last < 0 ? history.length : last;
    };
    return {
      bundle: place.bundle,
      snapshot: place.snapshot.number,
      servedDigest: place.servedDigest,
      policy: place.policy,
      parameters: parameters.sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, "en")),
    };
  },
);

/** Pointers of earlier patches in this place, newest first. */
async function patchedPointers(reader: Reader, place: PatchPlace, now: Date): Promise<readonly string[]> {
  const rows = await reader.hotPatch.findMany({
    where: {
      bundleId: place.bundle.id,
      environmentId: place.environment.id,
      filedAt: { gte: new Date(now.getTime() - LIMITS.recurrenceDays * 86_400_000) },
    },
    orderBy: { number: "desc" },
    take: 100,
    select: { changes: true },
  });
  return rows.flatMap((row) => changesOf(row.changes).map((change) => change.pointer));
}

/** What filing would do, while one types: nothing is stored. */
export const previewHotPatch = query(
  {
    name: "hotPatch.preview",
    may: "hot-patch:file",
    on: ofEnvironment,
    input: PreviewHotPatch,
    summary:
      "Check a hot-patch without filing it: problems, conflicts, before and after, its end, and who has to approve",
    http: { method: "POST", path: "/systems/{system}/environments/{environment}/hot-patch-preview" },
  },
  async ({ db, actor, now, input }) => {
    const place = await patchPlace(db, input, now);
    const scope = { systemId: place.system.id, environment: place.environment.slug };
    const isAtOnce = may(actor, "hot-patch:break-glass", scope);
    const time = timeToLive({
      ...(input.minutes !== undefined && { asked: input.minutes }),
      level: input.level,
      policy: place.policy,
      from: now,
      ceilingAt: ceilingOf(now),
    });
    const examination = input.changes.length === 0 ? null : await examine(db, place, { wanted: input.changes, now });
    const reviewers = await peopleWho(db, "hot-patch:review", scope, now);
    return {
      bundle: place.bundle,
      isAtOnce,
      /** Null before a parameter is chosen. */
      examination,
      canFile: examination !== null && examination.problems.length === 0 && examination.conflicts.length === 0,
      expiresAt: time.expiresAt,
      minutes: Math.floor(time.minutes),
      shortened: limitInWords(time),
      reviewHours: place.policy.reviewHours,
      revertsAtExpiry: place.policy.revertsAtExpiry,
      /** Who could approve it, and who could review it afterwards: names. */
      reviewers: reviewers.filter((person) => person.id !== actor.id).map((person) => person.name),
      now,
    };
  },
);
