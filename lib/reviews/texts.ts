import { textOf } from "#lib/bundles/draft-rules.ts";
import { toYaml } from "#lib/bundles/edit-source.ts";
import type { BundleSource } from "#lib/bundles/model.ts";
import { type Json, jsonEqual } from "#lib/kernel/json.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { Rules } from "#lib/systems/model.ts";
import { rulesOfVersion } from "#lib/systems/store.ts";
import type { Consequences } from "./consequences.ts";
import type { ChangeContent, VersionContent } from "./model.ts";
import { type KeyedRules, keyedRules } from "./rules-merge.ts";
import type { TextPair } from "./view.ts";

const NOTHING: BundleSource = { base: "", overlays: {} };

/** The texts that a content changes: as people wrote them for new versions, as YAML of the values for the rest. */
export async function textsOf(
  reader: Reader,
  content: ChangeContent,
  consequences: Pick<Consequences, "pairs">,
): Promise<readonly TextPair[]> {
  switch (content.kind) {
    case "version": {
      const bases = await baseSources(reader, content);
      return content.bundles.flatMap((bundle) =>
        sourcePairs(bundle.slug, bases.get(bundle.bundleId) ?? NOTHING, bundle.source),
      );
    }
    case "rules": {
      return differing([rulesPair(await rulesOfVersion(reader, content.baseRulesId), content.rules)]);
    }
    case "promotion":
    case "rollback":
      return differing(
        consequences.pairs.map(({ bundle, before, after }) => ({
          bundle,
          layer: "effective",
          before: before ? toYaml(before) : "",
          after: toYaml(after),
        })),
      );
  }
}

/** What differs between two contents of one request, for those who saw the earlier one. */
export function textsBetween(earlier: ChangeContent, later: ChangeContent): readonly TextPair[] {
  if (earlier.kind === "version" && later.kind === "version") {
    return later.bundles.flatMap((bundle) => {
      const before = earlier.bundles.find((one) => one.bundleId === bundle.bundleId);
      return sourcePairs(bundle.slug, before?.source ?? NOTHING, bundle.source);
    });
  }
  if (earlier.kind === "rules" && later.kind === "rules") return differing([rulesPair(earlier.rules, later.rules)]);
  const pair = { bundle: "", layer: "content", before: asYaml(earlier), after: asYaml(later) };
  return differing([pair]);
}

async function baseSources(reader: Reader, content: VersionContent): Promise<ReadonlyMap<string, BundleSource>> {
  const rows = await reader.bundleVersion.findMany({
    where: { id: { in: content.bundles.flatMap((bundle) => bundle.baseVersionId ?? []) } },
    select: { bundleId: true, source: true },
  });
  return new Map(rows.map((row) => [row.bundleId, row.source as unknown as BundleSource]));
}

function sourcePairs(bundle: string, before: BundleSource, after: BundleSource): readonly TextPair[] {
  const layers = new Set(["base", ...Object.keys(before.overlays), ...Object.keys(after.overlays)]);
  return differing(
    [...layers].map((layer) => ({ bundle, layer, before: textOf(before, layer), after: textOf(after, layer) })),
  );
}

/** The entries that differ, whole: rules run to thousands of lines, and nobody reads those that stay. */
function rulesPair(before: Rules, after: Rules): TextPair {
  const was = keyedRules(before);
  const is = keyedRules(after);
  const differing = (own: KeyedRules, other: KeyedRules) => {
    const sections = ["parameters", "constraints", "dependencies", "policies", "operations"] as const;
    const kept = sections.map((section) => {
      const others: Readonly<Record<string, unknown>> = other[section];
      const entries = Object.entries<unknown>(own[section]);
      return [
        section,
        entries.filter(([key, entry]) => !jsonEqual(entry as Json, others[key] as Json)).map(([, entry]) => entry),
      ] as const;
    });
    const filled = kept.filter(([, entries]) => entries.length > 0);
    return filled.length === 0 ? "" : toYaml(Object.fromEntries(filled) as Json);
  };
  return { bundle: "", layer: "rules", before: differing(was, is), after: differing(is, was) };
}

function asYaml(value: ChangeContent): string {
  return toYaml(value as unknown as Json);
}

function differing(pairs: readonly TextPair[]): readonly TextPair[] {
  return pairs.filter((pair) => pair.before !== pair.after);
}
