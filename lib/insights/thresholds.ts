import { nameOf } from "#lib/drift/summary.ts";
import type { PatchChange } from "#lib/hot-patches/model.ts";
import {
  type DeclaredValue,
  pointsOf,
  relaxedSince,
  shareOfLimit,
  type Threshold,
  type ThresholdPatch,
  type ThresholdPlace,
} from "#lib/insights/threshold-history.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { getAt, leavesOf } from "#lib/kernel/pointer.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { acceptedBaseline } from "#lib/releases/ratchet-baseline.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import { OfSystem } from "#lib/systems/input.ts";
import type { ParameterRule, Rules } from "#lib/systems/model.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf, systemBySlug } from "#lib/systems/store.ts";

/** Parameters with a direction, what each environment declared over time, and how far that has been relaxed. Closest to its limit first. */
export const thresholdHistory = query(
  {
    name: "threshold.history",
    may: "system:read",
    on: ofSystem,
    input: OfSystem,
    summary: "Show what every parameter with a direction was set to over time, and how far it was relaxed",
    http: { method: "GET", path: "/systems/{system}/thresholds" },
  },
  async ({ db, now, input }) => {
    const system = await systemBySlug(db, input.system);
    const [{ rules }, environments, bundles] = await Promise.all([
      currentRules(db, system.id),
      environmentsOf(db, system.id),
      db.bundle.findMany({
        where: { systemId: system.id, archivedAt: null },
        orderBy: { slug: "asc" },
        select: { id: true, slug: true, name: true },
      }),
    ]);
    const ofBundles = await Promise.all(
      bundles.map((bundle) => thresholdsOf(db, { bundle, environments, rules, now })),
    );
    const thresholds = ofBundles
      .flat()
      .sort((a, b) => shareOfLimit(b) - shareOfLimit(a) || a.title.localeCompare(b.title, "en"));
    return { system: { slug: system.slug, name: system.name }, thresholds };
  },
);

type Question = {
  readonly bundle: { readonly id: string; readonly slug: string; readonly name: string };
  readonly environments: readonly { readonly id: string; readonly slug: string; readonly name: string }[];
  readonly rules: Rules;
  readonly now: Date;
};

async function thresholdsOf(reader: Reader, question: Question): Promise<readonly Threshold[]> {
  const { bundle, environments, rules } = question;
  const current = await reader.deployment.findMany({
    where: { bundleId: bundle.id, isCurrent: true },
    select: { environmentId: true, snapshot: { select: { effective: true } } },
  });
  const declared = new Map(current.map((one) => [one.environmentId, one.snapshot.effective as JsonObject]));
  const directed = parametersWithDirection([...declared.values()], { rules, bundle: bundle.slug });
  if (directed.size === 0) return [];
  const [values, patches, baselines] = await Promise.all([
    declaredValues(reader, bundle.id, [...directed.keys()]),
    patchesOf(reader, bundle.id),
    Promise.all(
      environments.map(async ({ id }) => {
        const place = { bundleId: bundle.id, bundle: bundle.slug, environmentId: id };
        return [id, await acceptedBaseline(reader, place, { rules, after: declared.get(id) ?? {} })] as const;
      }),
    ),
  ]);
  const baselineAt = new Map(baselines);
  return [...directed].map(([pointer, rule]) => ({
    bundle: { slug: bundle.slug, name: bundle.name },
    pointer,
    title: nameOf(pointer, rule),
    kind: rule.kind,
    unit: rule.unit ?? null,
    owner: rule.owner,
    strictness: rule.strictness,
    limit: rule.maxRelaxation ?? null,
    places: environments.flatMap(({ id, slug, name }): readonly ThresholdPlace[] => {
      const here = values.filter((one) => one.environmentId === id && one.pointer === pointer);
      if (here.length === 0) return [];
      const baseline = baselineAt.get(id);
      const from = baseline ? (getAt(baseline, pointer) ?? null) : null;
      const to = getAt(declared.get(id) ?? {}, pointer) ?? null;
      return [
        {
          environment: { slug, name },
          points: pointsOf(here, rule.strictness),
          patches: patches.flatMap((patch) => (patch.environmentId === id ? patchAt(patch, pointer) : [])),
          baseline: from,
          current: to,
          relaxed: relaxedSince(from, to, rule.strictness),
        },
      ];
    }),
  }));
}

function parametersWithDirection(
  configurations: readonly JsonObject[],
  { rules, bundle }: { readonly rules: Rules; readonly bundle: string },
): ReadonlyMap<string, ParameterRule> {
  const { parameterAt } = catalogueOf(rules, bundle);
  const found = new Map<string, ParameterRule>();
  for (const { pointer: leaf } of configurations.flatMap(leavesOf)) {
    const { pointer, rule } = parameterAt(leaf);
    if (rule && rule.strictness !== "none") found.set(pointer, rule);
  }
  return found;
}

type ValueRow = DeclaredValue & { readonly environmentId: string; readonly pointer: string };

/** What each deployment of the bundle declared at these places, oldest first; the documents stay in the database. */
async function declaredValues(
  reader: Reader,
  bundleId: string,
  pointers: readonly string[],
): Promise<readonly ValueRow[]> {
  const rows = await reader.$queryRaw<
    {
      environmentId: string;
      pointer: string;
      at: Date;
      value: Json | null;
      snapshot: number;
      change: number;
      title: string;
      approvedBy: readonly string[];
      deployedBy: string;
    }[]
  >`
    SELECT d.environment_id AS "environmentId", p.pointer, d.created_at AS at, d.effective #> p.path AS value,
      d.snapshot, c.number AS change, c.title, d.deployed_by AS "deployedBy",
      ARRAY(SELECT DISTINCT r.reviewer_name FROM review r WHERE r.change_request_id = c.id AND r.verdict = 'approve'
        AND r.dismissed_at IS NULL AND r.withdrawn_at IS NULL ORDER BY 1) AS "approvedBy"
    FROM (
      -- The addition takes each document out of its storage once, not once for each parameter.
      SELECT d.*, s.number AS snapshot, s.effective || '{}'::jsonb AS effective
      FROM deployment d JOIN snapshot s ON s.id = d.snapshot_id
      WHERE d.bundle_id = ${bundleId}::uuid OFFSET 0
    ) d
    JOIN change_request c ON c.id = d.change_request_id
    CROSS JOIN (
      SELECT pointer, ARRAY(
        SELECT replace(replace(segment, '~1', '/'), '~0', '~')
        FROM unnest(string_to_array(substr(pointer, 2), '/')) segment
      ) AS path
      FROM unnest(${[...pointers]}::text[]) pointer
    ) p
    ORDER BY d.number`;
  return rows.map(({ change, title, ...row }) => ({ ...row, change: { number: change, title } }));
}

type PatchRow = ThresholdPatch & { readonly environmentId: string; readonly changes: readonly PatchChange[] };

async function patchesOf(reader: Reader, bundleId: string): Promise<readonly Omit<PatchRow, "value">[]> {
  const rows = await reader.hotPatch.findMany({
    where: { bundleId, activatedAt: { not: null } },
    orderBy: { number: "asc" },
    select: {
      environmentId: true,
      number: true,
      incident: true,
      changes: true,
      activatedAt: true,
      endedAt: true,
      expiresAt: true,
    },
  });
  return rows.flatMap(({ activatedAt, endedAt, expiresAt, changes, ...row }) =>
    activatedAt === null
      ? []
      : [
          {
            ...row,
            from: activatedAt,
            to: endedAt ?? expiresAt,
            changes: changes as unknown as readonly PatchChange[],
          },
        ],
  );
}

function patchAt(patch: Omit<PatchRow, "value">, pointer: string): readonly ThresholdPatch[] {
  const change = patch.changes.find((one) => one.pointer === pointer);
  if (!change) return [];
  return [
    { number: patch.number, incident: patch.incident, from: patch.from, to: patch.to, value: change.after ?? null },
  ];
}
