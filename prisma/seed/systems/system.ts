import { readFileSync } from "node:fs";
import type { BundleSource } from "#lib/bundles/model.ts";
import type { RiskTier, Rules, TemplateName } from "#lib/systems/model.ts";

/** A system of the demo organisation, as it stands before its history begins. */
export type DemoSystem = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly owningTeam: string;
  readonly riskTier: RiskTier;
  readonly template: TemplateName;
  readonly rules: Rules;
  readonly rulesReason: string;
  readonly bundles: readonly DemoBundle[];
};

export type DemoBundle = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly source: BundleSource;
};

/** The texts of a bundle, from the files beside this folder. */
export function sourceOf(system: string, bundle: string): BundleSource {
  const read = (name: string) => readFileSync(new URL(`../data/${system}/${name}.yaml`, import.meta.url), "utf8");
  return {
    base: read(bundle),
    overlays: {
      development: read(`${bundle}.development`),
      staging: read(`${bundle}.staging`),
      production: read(`${bundle}.production`),
    },
  };
}
