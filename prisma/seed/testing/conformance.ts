import { effectiveValue } from "#lib/bundles/effective.ts";
import type { BundleDocument, BundleSource } from "#lib/bundles/model.ts";
import { parseLayer } from "#lib/bundles/parse.ts";
import { findSecrets } from "#lib/bundles/secrets.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import { parameterAt } from "#lib/systems/catalogue.ts";
import { jsonSchemaOf } from "#lib/systems/catalogue-schema.ts";
import { appliesTo, compileConstraint } from "#lib/systems/constraints.ts";
import type { Rules } from "#lib/systems/model.ts";
import { compileWhole } from "#lib/systems/schema-compile.ts";

/** Reads the text of every layer; throws with every problem when one can't be read. */
export function readSource(source: BundleSource): BundleDocument {
  const read = (layer: string, text: string): JsonObject => {
    const parsed = parseLayer(text, layer);
    if (parsed.value === null || parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems, null, 2));
    return parsed.value;
  };
  return {
    base: read("base", source.base),
    overlays: Object.fromEntries(Object.entries(source.overlays).map(([layer, text]) => [layer, read(layer, text)])),
  };
}

/** Everything in which the bundles of a system are not as its rules say, in every environment, one sentence each. */
export function complaints(rules: Rules, sources: Readonly<Record<string, BundleSource>>): readonly string[] {
  const documents = Object.entries(sources).map(([slug, source]) => ({ slug, document: readSource(source) }));
  const environments = [...new Set(documents.flatMap(({ document }) => Object.keys(document.overlays)))];
  return environments.flatMap((environment) => {
    const bundles = Object.fromEntries(
      documents.map(({ slug, document }) => [slug, effectiveValue(document, environment)] as const),
    );
    return documents.flatMap(({ slug, document }) => {
      const config = bundles[slug] ?? {};
      const found = [
        ...undescribed(rules, slug, config),
        ...againstSchema(rules, slug, config),
        ...findSecrets(config).map((finding) => `${finding.pointer} looks like a secret`),
        ...outsidePolicy(rules, slug, document.overlays[environment] ?? {}),
        ...brokenConstraints(rules, slug, { config, bundles }),
      ];
      return found.map((sentence) => `${slug} in ${environment}: ${sentence}`);
    });
  });
}

function undescribed(rules: Rules, bundle: string, config: JsonObject): readonly string[] {
  return leavesOf(config)
    .filter((leaf) => parameterAt(rules, bundle, leaf.pointer).rule === undefined)
    .map((leaf) => `${leaf.pointer} is not described`);
}

function againstSchema(rules: Rules, bundle: string, config: JsonObject): readonly string[] {
  const schema = compileWhole(jsonSchemaOf(rules, bundle));
  if (schema.check === undefined) return [`the schema is not one: ${schema.error}`];
  const errors = schema.check(config);
  return errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

function outsidePolicy(rules: Rules, bundle: string, overlay: JsonObject): readonly string[] {
  return leavesOf(overlay)
    .filter((leaf) => parameterAt(rules, bundle, leaf.pointer).rule?.environmentPolicy !== "may_differ")
    .map((leaf) => `${leaf.pointer} must be the same in every environment`);
}

function brokenConstraints(
  rules: Rules,
  bundle: string,
  facts: { readonly config: JsonObject; readonly bundles: Readonly<Record<string, JsonObject>> },
): readonly string[] {
  return rules.constraints.flatMap((constraint) => {
    const { evaluate, fault } = compileConstraint(constraint.expression);
    if (fault !== undefined) return [`${constraint.id}: ${fault.message}`];
    if (!appliesTo(constraint, bundle)) return [];
    const verdict = evaluate(facts);
    if (verdict.holds === true) return [];
    return [`${constraint.id}: ${verdict.holds === false ? constraint.message : verdict.why}`];
  });
}
