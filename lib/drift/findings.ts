import type { NamedDifference } from "./differences.ts";
import type { FindingKind, FindingState, Severity } from "./model.ts";

/** A finding as far as its next step depends on it. */
export type KnownFinding = {
  readonly id: string;
  readonly number: number;
  readonly fingerprint: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly pointer: string;
  readonly summary: string;
  readonly state: FindingState;
  readonly suppressedUntil: Date | null;
  readonly alertedAt: Date | null;
  readonly reopenings: number;
  readonly revision: number;
  /** Of the request that would make it the declared value; null: there is none. */
  readonly requestState: string | null;
};

/** What becomes of one finding; several may follow for the same one. */
export type Move =
  | { readonly type: "open"; readonly difference: NamedDifference }
  | { readonly type: "reopen"; readonly finding: KnownFinding; readonly difference: NamedDifference }
  | { readonly type: "resolve"; readonly finding: KnownFinding; readonly note: string }
  /** Its suppression is over, or the request that would have accepted it was closed. */
  | { readonly type: "wake"; readonly finding: KnownFinding; readonly note: string }
  | { readonly type: "reassess"; readonly finding: KnownFinding; readonly severity: Severity };

export type FindingsQuestion = {
  /** Those that are not resolved, and those whose fingerprint is among the differences. */
  readonly known: readonly KnownFinding[];
  /** What ignore rules hide included. */
  readonly differences: readonly NamedDifference[];
  /** Whether what is not among the differences is not there. */
  readonly isConclusive: boolean;
  readonly now: Date;
};

/** Seen without asking what runtimes run: gone as soon as it is not found. */
const ALWAYS_CONCLUSIVE: readonly FindingKind[] = ["silent_runtime", "unreadable_runtime", "stale_flag"];

/** So many of a place become findings, worst first: of a document that is another one altogether more says nothing. */
export const MOST_FINDINGS = 500;

/**
 * What an evaluation makes of the findings of a place. The same question after its moves were made has no moves: nothing
 * is opened twice. What can't be seen any more because nobody reports it is not thereby gone.
 */
export function planMoves({ known, differences, isConclusive, now }: FindingsQuestion): readonly Move[] {
  const visible = differences.filter((one) => one.ignoredBy === undefined).slice(0, MOST_FINDINGS);
  const byFingerprint = new Map(known.map((finding) => [finding.fingerprint, finding]));
  const seen = new Map(visible.map((difference) => [difference.fingerprint, difference]));
  const hidden = new Set(differences.flatMap((one) => (one.ignoredBy === undefined ? [] : [one.fingerprint])));
  const found = visible.flatMap((difference): readonly Move[] => {
    const finding = byFingerprint.get(difference.fingerprint);
    if (!finding) return [{ type: "open", difference }];
    if (finding.state === "resolved") return [{ type: "reopen", finding, difference }];
    const reassessed = finding.severity !== difference.severity;
    return [
      ...woken(finding, now),
      ...(reassessed ? [{ type: "reassess", finding, severity: difference.severity } as const] : []),
    ];
  });
  const gone = known.flatMap((finding): readonly Move[] => {
    if (finding.state === "resolved" || seen.has(finding.fingerprint)) return [];
    if (hidden.has(finding.fingerprint)) return [{ type: "resolve", finding, note: "An ignore rule hides it" }];
    if (!isConclusive && !ALWAYS_CONCLUSIVE.includes(finding.kind)) return woken(finding, now);
    return [{ type: "resolve", finding, note: noteOf(finding) }];
  });
  return [...found, ...gone];
}

function woken(finding: KnownFinding, now: Date): readonly Move[] {
  if (finding.state === "suppressed" && (finding.suppressedUntil?.getTime() ?? 0) <= now.getTime()) {
    return [{ type: "wake", finding, note: "The time for which it was suppressed is over" }];
  }
  if (finding.state === "accepted" && (finding.requestState === null || finding.requestState === "closed")) {
    return [{ type: "wake", finding, note: "The change request that would have declared it was closed" }];
  }
  return [];
}

function noteOf({ kind, state }: KnownFinding): string {
  if (state === "accepted") return "What runs is declared now, or runs no more";
  switch (kind) {
    case "silent_runtime":
      return "Every runtime that was silent reports again, or is gone";
    case "unreadable_runtime":
      return "What runs can be read again";
    case "hot_patched":
    case "expired_hot_patch":
      return "The patched value does not run any more, or is declared now";
    case "stale_flag":
      return "The flag is gone, or has a later day";
    case "value_changed":
    case "threshold_relaxed":
    case "guardrail_disabled":
    case "prompt_changed":
    case "model_changed":
    case "provider_model_changed":
    case "environment_override":
    case "shadow_parameter":
    case "missing_parameter":
    case "type_changed":
    case "cross_environment":
    case "behaviour_changed":
      return "No live runtime shows it any more";
  }
}

/** Kinds that people are not alerted to: explained, or told by another finding at the same place. */
const QUIET: readonly FindingKind[] = ["hot_patched", "stale_flag"];

/** Whether people have to be told of a finding that is seen: once for each opening, when it was confirmed often enough. */
export function isToBeTold(
  finding: { readonly kind: FindingKind; readonly state: FindingState; readonly alertedAt: Date | null },
  confirmations: number,
  wanted: number,
): boolean {
  return (
    finding.state === "open" && finding.alertedAt === null && !QUIET.includes(finding.kind) && confirmations >= wanted
  );
}
