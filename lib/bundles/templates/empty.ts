import { policies } from "#lib/bundles/templates/parts/policies.ts";
import { DEFAULT_ENVIRONMENTS, type Template } from "#lib/bundles/templates/template.ts";

/** No parameters are described yet: for systems whose configuration is unlike any of the templates. */
export const empty: Template = {
  name: "empty",
  title: "Empty",
  description:
    "An empty catalogue with ordinary policies: one approval for staging, two for production. Describe your parameters yourself.",
  environments: DEFAULT_ENVIRONMENTS,
  bundles: [],
  rules: {
    parameters: [],
    constraints: [],
    dependencies: [],
    policies: policies({ soakMinutes: 24 * 60, productionApprovals: 2, rulesApprovals: 1 }),
  },
};
