import type { Rules } from "#lib/systems/model.ts";
import type { RulesProblem } from "#lib/systems/rules-check.ts";

/** checked: what was found, nothing when all is well · refused: why it could not be looked at */
export type RulesCheck =
  | { readonly kind: "checked"; readonly problems: readonly RulesProblem[] }
  | { readonly kind: "refused"; readonly message: string };

/** done: it took effect, or the request at `href` was opened · refused: why not */
export type RulesAnswer =
  | { readonly kind: "done"; readonly href: string | null }
  | {
      readonly kind: "refused";
      readonly message: string;
      readonly fields: Readonly<Record<string, readonly string[]>>;
    };

/** The server's side of editing rules. */
export type RulesActions = {
  readonly check: (input: { system: string; rules: Rules }) => Promise<RulesCheck>;
  readonly save: (input: { system: string; baseRulesId: string; rules: Rules; reason: string }) => Promise<RulesAnswer>;
  readonly propose: (input: {
    system: string;
    baseRulesId: string;
    rules: Rules;
    title: string;
    reason: string;
  }) => Promise<RulesAnswer>;
};
