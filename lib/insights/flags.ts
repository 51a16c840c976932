import { flagsOf } from "#lib/bundles/flags.ts";
import {
  effortInWords,
  type FlagStanding,
  flagSetting,
  interactionSpace,
  type Switch,
  sizeInWords,
  standingOf,
  switchesOf,
} from "#lib/insights/flag-facts.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { OfSystem } from "#lib/systems/input.ts";
import type { Rules } from "#lib/systems/model.ts";
import { ofSystem } from "#lib/systems/scope.ts";
import { currentRules, environmentsOf, systemBySlug } from "#lib/systems/store.ts";

/** A flag as one environment declares it. */
export type FlagSetting = {
  readonly environment: string;
  /** Null: it is not there. */
  readonly setting: string | null;
};

export type FlagRow = {
  readonly pointer: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: string | null;
  /** When a deployment first brought it. */
  readonly since: Date | null;
  readonly expires: Date | null;
  readonly standing: FlagStanding;
  readonly settings: readonly FlagSetting[];
};

export type FlagBundle = {
  readonly slug: string;
  readonly name: string;
  /** Those past their end first, then by what is left. */
  readonly flags: readonly FlagRow[];
  readonly experiments: readonly Switch[];
  /** In how many ways flags and experiments can stand together. */
  readonly space: { readonly size: string; readonly inWords: string; readonly effort: string };
};

/** Every flag of a system with its owner, age and end, and how many combinations flags and experiments make. */
export const flagOverview = query(
  {
    name: "flag.overview",
    may: "system:read",
    on: ofSystem,
    input: OfSystem,
    summary: "Show every flag with its owner, age, expiry and settings, and the size of the interaction space",
    http: { method: "GET", path: "/systems/{system}/flags" },
  },
  async ({ db, now, input }) => {
    const system = await systemBySlug(db, input.system);
    const [{ rules }, environments, bundles] = await Promise.all([
      currentRules(db, system.id),
      environmentsOf(db, system.id),
      db.bundle.findMany({
        where: { systemId: system.id, archivedAt: null },
        orderBy: { slug: "asc" },
        select: {
          id: true,
          slug: true,
          name: true,
          deployments: {
            where: { isCurrent: true },
            select: { environmentId: true, snapshot: { select: { effective: true } } },
          },
        },
      }),
    ]);
    return {
      environments: environments.map(({ slug, name }) => ({ slug, name })),
      bundles: await Promise.all(
        bundles.map(async ({ id, slug, name, deployments }): Promise<FlagBundle> => {
          const effectiveAt = new Map(
            deployments.map((one) => [one.environmentId, one.snapshot.effective as JsonObject]),
          );
          const declared = environments.flatMap((environment) => {
            const value = effectiveAt.get(environment.id);
            return value ? [{ environment: environment.slug, value }] : [];
          });
          return {
            slug,
            name,
            ...switchesIn({ rules, bundle: slug, declared }),
            flags: await flagRows(db, { bundleId: id, bundle: slug, rules, declared, now }),
          };
        }),
      ),
    };
  },
);

type Declared = readonly { readonly environment: string; readonly value: JsonObject }[];

/** The space of the environment that has most of them: every other one is inside it. */
function switchesIn(question: { readonly rules: Rules; readonly bundle: string; readonly declared: Declared }) {
  const spaces = question.declared
    .map(({ value }) => switchesOf({ ...question, value }))
    .sort((a, b) => Number(interactionSpace(b) - interactionSpace(a)));
  const largest = spaces[0] ?? [];
  const size = interactionSpace(largest);
  return {
    experiments: largest.filter((one) => one.kind === "experiment"),
    space: { size: size.toString(), inWords: sizeInWords(size), effort: effortInWords(size) },
  };
}

async function flagRows(
  reader: Reader,
  question: {
    readonly bundleId: string;
    readonly bundle: string;
    readonly rules: Rules;
    readonly declared: Declared;
    readonly now: Date;
  },
): Promise<readonly FlagRow[]> {
  const { bundle, rules, declared, now } = question;
  const perEnvironment = declared.map(({ environment, value }) => ({
    environment,
    value,
    flags: new Map(flagsOf({ value, rules, bundle }).map((flag) => [flag.pointer, flag])),
  }));
  const pointers = [...new Set(perEnvironment.flatMap(({ flags }) => [...flags.keys()]))];
  const since = await firstSeen(reader, question.bundleId, pointers);
  const rows = pointers.map((pointer): FlagRow => {
    // The last stage is the one that counts; a flag that has not come so far is read where it is.
    const latest = perEnvironment.findLast(({ flags }) => flags.has(pointer));
    const flag = latest?.flags.get(pointer);
    const description = latest ? getAt(latest.value, `${pointer}/description`) : undefined;
    const expires = flag?.expires ?? null;
    return {
      pointer,
      name: pointer.slice(pointer.lastIndexOf("/") + 1),
      description: typeof description === "string" ? description : null,
      owner: flag?.owner ?? null,
      since: since.get(pointer) ?? null,
      expires,
      standing: standingOf(expires, now),
      settings: perEnvironment.map(({ environment, flags }) => {
        const here = flags.get(pointer);
        return { environment, setting: here ? flagSetting(here) : null };
      }),
    };
  });
  const end = (row: FlagRow) => row.expires?.getTime() ?? Number.NEGATIVE_INFINITY;
  return rows.sort((a, b) => end(a) - end(b) || a.pointer.localeCompare(b.pointer, "en"));
}

async function firstSeen(
  reader: Reader,
  bundleId: string,
  pointers: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  if (pointers.length === 0) return new Map();
  const rows = await reader.$queryRaw<{ pointer: string; since: Date }[]>`
    SELECT p.pointer, min(s.created_at) AS since
    FROM (SELECT created_at, effective || '{}'::jsonb AS effective FROM snapshot
      WHERE bundle_id = ${bundleId}::uuid OFFSET 0) s
    CROSS JOIN (
      SELECT pointer, ARRAY(
        SELECT replace(replace(segment, '~1', '/'), '~0', '~')
        FROM unnest(string_to_array(substr(pointer, 2), '/')) segment
      ) AS path
      FROM unnest(${[...pointers]}::text[]) pointer
    ) p
    WHERE s.effective #> p.path IS NOT NULL
    GROUP BY p.pointer`;
  return new Map(rows.map((row) => [row.pointer, row.since]));
}
