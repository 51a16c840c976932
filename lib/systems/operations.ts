import type { Operation, Rules } from "./model.ts";

/** What holds where the rules say nothing. */
export const DEFAULT_OPERATION: Operation = {
  id: "default",
  title: "Default",
  environments: [],
  reportIntervalSeconds: 30,
  undeclared: "strict",
  alertAfterConfirmations: 1,
  remediation: { mode: "off", confirmations: 3, maxSharePercent: 20 },
  hotPatch: { defaultMinutes: 240, maxMinutes: 1_440, revertsAtExpiry: true, reviewHours: 24 },
};

/** How an environment is operated: the first entry that names it, or that names none. */
export function operationOf(rules: Rules, environment: string): Operation {
  const found = rules.operations?.find(
    (one) => one.environments.length === 0 || one.environments.includes(environment),
  );
  return found ?? DEFAULT_OPERATION;
}
