import { Refusal } from "#lib/kernel/refusal.ts";
import type { FindingKind, FindingState } from "./model.ts";

/** As much of a finding as people's decisions depend on. */
export type Triaged = {
  readonly number: number;
  readonly kind: FindingKind;
  readonly state: FindingState;
  readonly suppressedUntil: Date | null;
  readonly revision: number;
};

const DAY = 86_400_000;
const LONGEST_SUPPRESSION_DAYS = 90;

/** A suppression ends when its date has passed, whether or not a job has noticed. */
export function stateNow(
  { state, suppressedUntil }: Pick<Triaged, "state" | "suppressedUntil">,
  now: Date,
): FindingState {
  if (state !== "suppressed" || suppressedUntil === null) return state;
  return suppressedUntil.getTime() <= now.getTime() ? "open" : state;
}

const FROM = {
  acknowledge: ["open"],
  suppress: ["open", "acknowledged"],
  unsuppress: ["suppressed"],
  accept: ["open", "acknowledged", "suppressed"],
} as const satisfies Record<string, readonly FindingState[]>;
export type TriageStep = keyof typeof FROM;

const DONE: Readonly<Record<TriageStep, string>> = {
  acknowledge: "be acknowledged",
  suppress: "be suppressed",
  unsuppress: "be taken back into sight",
  accept: "be accepted",
};

/** Whether a finding is in a state for it. */
export function isOpenTo(finding: Pick<Triaged, "state" | "suppressedUntil">, step: TriageStep, now: Date): boolean {
  const from: readonly FindingState[] = FROM[step];
  return from.includes(stateNow(finding, now));
}

/** @throws Refusal `conflict` when the finding is not in a state for it, or not as the caller saw it */
export function assertMayTriage(
  finding: Triaged,
  step: TriageStep,
  seen: { readonly revision?: number | undefined; readonly now: Date },
): void {
  if (seen.revision !== undefined && seen.revision !== finding.revision) {
    throw new Refusal("conflict", `Finding F-${finding.number} changed since you saw it; reload to see its state`);
  }
  if (!isOpenTo(finding, step, seen.now)) {
    const state = stateNow(finding, seen.now);
    throw new Refusal("conflict", `Finding F-${finding.number} is ${state} and cannot ${DONE[step]}`);
  }
}

/** Every exception ends. @throws Refusal `invalid` */
export function assertSuppressionEnds(until: Date, now: Date): void {
  const latest = new Date(now.getTime() + LONGEST_SUPPRESSION_DAYS * DAY);
  if (until.getTime() > now.getTime() && until.getTime() <= latest.getTime()) return;
  const message = `Choose a time from now on and within ${LONGEST_SUPPRESSION_DAYS} days, at the latest ${latest.toISOString().slice(0, 10)}`;
  throw new Refusal("invalid", `until: ${message}`, { fields: { until: [message] } });
}

/** Kinds whose observed value could be declared. Each other kind has another way out, which the refusal names. */
const ACCEPTABLE: Readonly<Record<FindingKind, true | string>> = {
  value_changed: true,
  threshold_relaxed: true,
  guardrail_disabled: true,
  prompt_changed: true,
  model_changed: true,
  environment_override: true,
  shadow_parameter: true,
  missing_parameter: true,
  type_changed: true,
  expired_hot_patch: true,
  hot_patched: "decide the hot-patch's follow-up instead",
  provider_model_changed: "propose a version that pins the release that is served, or one that you trust",
  cross_environment: "declare the value instead of leaving it to runtimes, or let it differ between environments",
  stale_flag: "propose a version without the flag, or with a later day",
  behaviour_changed: "look at the run of the baseline",
  silent_runtime: "bring the runtimes back, or let them go",
  unreadable_runtime: "mend what the runtimes report",
};

/** Whether what runs could become what is declared. */
export function isAcceptable(kind: FindingKind): boolean {
  return ACCEPTABLE[kind] === true;
}

/** @throws Refusal `conflict` naming the way out */
export function assertAcceptable({ number, kind }: Triaged): void {
  const instead = ACCEPTABLE[kind];
  if (instead === true) return;
  throw new Refusal("conflict", `Finding F-${number} has no value that could be declared: ${instead}`);
}
