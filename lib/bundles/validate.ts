import type { JsonObject } from "#lib/kernel/json.ts";
import type { Rules } from "#lib/systems/model.ts";
import { checkConstraints } from "./constraint-check.ts";
import { type EffectiveConfiguration, effectiveConfiguration } from "./effective.ts";
import type { Finding } from "./finding.ts";
import { checkFlags } from "./flags.ts";
import { problemsOfValue } from "./limits.ts";
import type { BundleDocument, BundleSource, Layer, Problem } from "./model.ts";
import { checkModelPins } from "./model-pins.ts";
import { checkOverlays } from "./overlay-policy.ts";
import { type ParsedLayer, parseLayer } from "./parse.ts";
import { layerOf, mergeAcrossEnvironments, sortProblems } from "./placing.ts";
import { checkSchema } from "./schema-check.ts";
import { findSecrets } from "./secrets.ts";

export type ValidationQuestion = {
  /** The texts; problems then have a line and a column. */
  readonly source?: BundleSource;
  /** The document, when there is no text. One of the two is given; the text wins. */
  readonly document?: BundleDocument;
  readonly rules: Rules;
  /** Slugs, in pipeline order. */
  readonly environments: readonly string[];
  readonly bundle: string;
  /** For each environment, the effective configurations of the system's other bundles; absent: constraints on them wait. */
  readonly otherBundles?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly now: Date;
};

export type Validation = {
  /** Null when a layer can't be read. */
  readonly document: BundleDocument | null;
  /** Errors first, then by layer and line. */
  readonly problems: readonly Problem[];
  /** Of each environment whose layers could be read. */
  readonly effective: Readonly<Record<string, EffectiveConfiguration>>;
};

/**
 * Everything that a document alone can be wrong about, in one place: reading, secrets, overlay policy, and for each
 * environment schema, constraints, flags and model pins. The same for live validation and for the gates. Server only.
 */
export function validateDocument(question: ValidationQuestion): Validation {
  const { environments, rules, bundle } = question;
  const layers = readLayers(question);
  const problems: Problem[] = [...layers.values()].flatMap((layer) => layer.problems);
  const base = layers.get("base")?.value ?? null;
  const overlays: [string, JsonObject][] = [];
  for (const [layer, { value }] of layers) if (layer !== "base" && value !== null) overlays.push([layer, value]);
  const readable: BundleDocument = { base: base ?? {}, overlays: Object.fromEntries(overlays) };

  for (const [layer, { value, locate }] of layers) {
    if (value !== null) problems.push(...secretProblems(value, layer).map((problem) => placed(problem, locate)));
  }
  const overlayProblems = checkOverlays({ document: readable, environments, rules, bundle });
  problems.push(...overlayProblems.map((problem) => placed(problem, layers.get(problem.layer)?.locate)));

  const effective: Record<string, EffectiveConfiguration> = {};
  const found: Problem[] = [];
  for (const environment of environments) {
    if (base === null || layers.get(environment)?.value === null) continue;
    const configuration = effectiveConfiguration(readable, environment);
    effective[environment] = configuration;
    for (const finding of findingsIn(configuration.value, environment, question)) {
      const layer = layerOf(finding.pointer, environment, readable);
      found.push(placed({ ...finding, layer, environment }, layers.get(layer)?.locate));
    }
  }
  problems.push(...mergeAcrossEnvironments(found, Object.keys(effective)));
  const isWhole = [...layers.values()].every((layer) => layer.value !== null);
  return { document: isWhole ? readable : null, problems: sortProblems(problems, environments), effective };
}

/** True when nothing keeps the document from becoming a version; warnings do not. */
export function isValid({ problems }: Pick<Validation, "problems">): boolean {
  return problems.every((problem) => problem.severity !== "error");
}

function findingsIn(value: JsonObject, environment: string, question: ValidationQuestion): readonly Finding[] {
  const { rules, bundle, now, otherBundles } = question;
  const others = otherBundles === undefined ? undefined : (otherBundles[environment] ?? {});
  return [
    ...checkSchema({ value, rules, bundle }),
    ...checkConstraints({ value, rules, bundle, ...(others && { otherBundles: others }) }),
    ...checkModelPins({ value, rules, bundle, now }),
    ...checkFlags({ value, rules, bundle, now }),
  ];
}

function readLayers({ source, document }: ValidationQuestion): ReadonlyMap<Layer, ParsedLayer> {
  if (source !== undefined) {
    const texts: readonly [Layer, string][] = [["base", source.base], ...Object.entries(source.overlays)];
    return new Map(texts.map(([layer, text]) => [layer, parseLayer(text, layer)]));
  }
  const values: readonly [Layer, JsonObject][] = [
    ["base", document?.base ?? {}],
    ...Object.entries(document?.overlays ?? {}),
  ];
  return new Map(values.map(([layer, value]) => [layer, withoutText(value, layer)]));
}

function withoutText(value: JsonObject, layer: Layer): ParsedLayer {
  const problems = problemsOfValue(value, layer);
  return { value: problems.length === 0 ? value : null, problems, locate: () => null };
}

function secretProblems(value: JsonObject, layer: Layer): readonly Problem[] {
  return findSecrets(value).map(({ pointer, kind, isReference }) => ({
    rule: isReference ? "secret.reference" : "secret",
    severity: "error",
    message: isReference
      ? `This reference can't be used: ${kind}`
      : `This looks like a secret (${kind}); store it in the vault and write {"$secret": "vault://…"} here. If it was real, replace it: it has been seen`,
    layer,
    pointer,
  }));
}

function placed(problem: Problem, locate: ParsedLayer["locate"] | undefined): Problem {
  const place = problem.pointer === undefined ? null : (locate?.(problem.pointer) ?? null);
  return place === null ? problem : { ...problem, line: place.line, column: place.column };
}
