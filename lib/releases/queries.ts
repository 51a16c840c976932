import { z } from "zod";
import { readableSystems } from "#lib/access/may.ts";
import { decodeCursor } from "#lib/kernel/cursor.ts";
import { pageOf } from "#lib/kernel/page.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { query } from "#lib/query.ts";
import { freezeVerdict } from "#lib/releases/freeze.ts";
import { ListDeployments, OfEnvironment, OfSnapshot } from "#lib/releases/input.ts";
import type { DeploymentState, Vouchers } from "#lib/releases/model.ts";
import { lastKnownGood, soakRequired } from "#lib/releases/rules.ts";
import { freezeWindows } from "#lib/releases/store.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { currentRules, environmentBySlug, environmentsOf, systemBySlug } from "#lib/systems/store.ts";

const deploymentColumns = {
  id: true,
  number: true,
  kind: true,
  state: true,
  isCurrent: true,
  needsBuild: true,
  deployedBy: true,
  createdAt: true,
  endedAt: true,
  verifiedAt: true,
  verification: true,
  bundle: { select: { slug: true, name: true, system: { select: { slug: true, name: true } } } },
  environment: { select: { slug: true, name: true } },
  changeRequest: { select: { number: true, title: true } },
  snapshot: {
    select: {
      number: true,
      effectiveDigest: true,
      underHotPatch: true,
      version: { select: { id: true, semver: true, sequence: true } },
    },
  },
} as const;

/** Deployments, newest first. */
export const listDeployments = query(
  {
    name: "deployment.list",
    may: "system:read",
    on: "anywhere",
    input: ListDeployments,
    summary: "List deployments, newest first, by system, environment, bundle and state",
    http: { method: "GET", path: "/deployments" },
  },
  async ({ db, actor, input }) => {
    const readable = readableSystems(actor);
    const before = input.cursor ? decodeCursor(input.cursor, ["number"])[0] : undefined;
    const rows = await db.deployment.findMany({
      where: {
        ...(readable && { systemId: { in: [...readable] } }),
        ...(input.system && { bundle: { system: { slug: input.system } } }),
        ...(input.bundle && {
          bundle: { slug: input.bundle, ...(input.system && { system: { slug: input.system } }) },
        }),
        ...(input.environment && { environment: { slug: input.environment } }),
        ...(input.state && { state: input.state }),
        ...(before && { number: { lt: before } }),
      },
      orderBy: { number: "desc" },
      take: input.limit + 1,
      select: deploymentColumns,
    });
    return pageOf(rows, input.limit, (deployment) => [deployment.number]);
  },
);

/** A snapshot as it was taken; nothing on its page is computed from what is current. */
export const showSnapshot = query(
  {
    name: "snapshot.show",
    may: "system:read",
    on: async ({ tx, input }) => {
      const snapshot = await tx.snapshot.findUnique({ where: { number: input.snapshot }, select: { systemId: true } });
      if (!snapshot) throw new Refusal("not_found", `There is no snapshot ${input.snapshot}`);
      return { systemId: snapshot.systemId };
    },
    input: OfSnapshot,
    summary: "Show a snapshot: the complete effective configuration and all that vouched for it",
    http: { method: "GET", path: "/snapshots/{snapshot}" },
  },
  async ({ db, input }) => {
    const snapshot = await db.snapshot.findUniqueOrThrow({
      where: { number: input.snapshot },
      include: {
        bundle: { select: { id: true, slug: true, name: true, system: { select: { slug: true, name: true } } } },
        environment: { select: { id: true, slug: true, name: true } },
        version: { select: { id: true, semver: true, sequence: true, digest: true } },
        deployments: {
          select: {
            number: true,
            kind: true,
            state: true,
            isCurrent: true,
            createdAt: true,
            endedAt: true,
            deployedBy: true,
            verification: true,
            changeRequest: { select: { number: true, title: true } },
          },
        },
      },
    });
    const [current, previous] = await Promise.all([
      db.deployment.findFirst({
        where: { bundleId: snapshot.bundleId, environmentId: snapshot.environmentId, isCurrent: true },
        select: { snapshot: { select: { number: true, effectiveDigest: true } } },
      }),
      db.snapshot.findFirst({
        where: { bundleId: snapshot.bundleId, environmentId: snapshot.environmentId, number: { lt: snapshot.number } },
        orderBy: { number: "desc" },
        select: { number: true },
      }),
    ]);
    return {
      ...snapshot,
      vouchers: snapshot.vouchers as unknown as Vouchers,
      current: current?.snapshot ?? null,
      previous: previous?.number ?? null,
    };
  },
);

/** One environment: what each bundle declares there, its hold, whether it is frozen, and the last known-good snapshots. */
export const showEnvironment = query(
  {
    name: "environment.show",
    may: "system:read",
    on: ofEnvironment,
    input: OfEnvironment,
    summary: "Show an environment with what each bundle declares there and its last known-good snapshot",
    http: { method: "GET", path: "/systems/{system}/environments/{environment}" },
  },
  async ({ db, now, input }) => {
    const system = await systemBySlug(db, input.system);
    const environment = await environmentBySlug(db, system.id, input.environment);
    const [{ rules }, stages, windows, bundles] = await Promise.all([
      currentRules(db, system.id),
      environmentsOf(db, system.id),
      freezeWindows(db, now),
      db.bundle.findMany({
        where: { systemId: system.id, archivedAt: null },
        orderBy: { slug: "asc" },
        select: {
          id: true,
          slug: true,
          name: true,
          deployments: {
            where: { environmentId: environment.id },
            orderBy: { number: "desc" },
            take: 50,
            select: deploymentColumns,
          },
        },
      }),
    ]);
    const soak = soakRequired(rules.policies, environment.slug);
    return {
      system,
      environment,
      /** Whether it is the end of the pipeline, where mistakes cost most. */
      isLast: stages.at(-1)?.slug === environment.slug,
      soakMinutes: soak,
      freeze: freezeVerdict(windows, { system: system.slug, environment: environment.slug }, now),
      bundles: bundles.map(({ deployments, ...bundle }) => ({
        ...bundle,
        deployments,
        current: deployments.find((one) => one.isCurrent) ?? null,
        lastKnownGood: lastKnownGood(
          deployments.map((one) => ({
            snapshotNumber: one.snapshot.number,
            state: one.state as DeploymentState,
            verifiedAt: one.verifiedAt,
            endedAt: one.endedAt,
            underHotPatch: one.snapshot.underHotPatch,
          })),
          soak,
          now,
        ),
      })),
    };
  },
);

/** Freeze windows that have not ended, with whether each is open now. */
export const listFreezeWindows = query(
  {
    name: "freeze.list",
    may: "system:read",
    on: "anywhere",
    input: z.object({}),
    summary: "List the freeze windows",
    http: { method: "GET", path: "/freeze-windows" },
  },
  async ({ db, now }) => freezeWindows(db, now),
);
