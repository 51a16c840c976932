import type { BundleSource } from "#lib/bundles/model.ts";
import { SAM } from "../people.ts";
import type { At, Edit, Remark, Step } from "./step.ts";

/** Who, when, and what they say to it. */
export type Approval = readonly [who: string, at: At, summary: string];

type Stage = {
  readonly proposed: At;
  readonly by?: string;
  readonly reason: string;
  readonly approvals?: readonly Approval[];
  /** Why nothing has to be evaluated again, or where it was. */
  readonly evaluated?: string;
  readonly override?: {
    readonly at: At;
    readonly by: string;
    readonly gates: readonly ("ratchet" | "soak")[];
    readonly reason: string;
  };
  readonly applied: At;
  /** Where it was seen running. */
  readonly seen?: { readonly at: At; readonly evidence: string };
};

export type Release = {
  readonly key: string;
  readonly system: string;
  readonly by: string;
  readonly title: string;
  readonly reason: string;
  /** The edits of each bundle, by slug. */
  readonly edits: Readonly<Record<string, readonly Edit[]>>;
  /** First texts, by slug. */
  readonly sources?: Readonly<Record<string, BundleSource>>;
  readonly drafted: At;
  readonly proposed: At;
  readonly incident?: string;
  readonly approvals?: readonly Approval[];
  /** What happens on the request besides approvals. */
  readonly meanwhile?: readonly Step[];
  readonly applied?: At;
  readonly development?: Stage;
  readonly staging?: Stage;
  readonly production?: Stage;
};

/** The way of a change from a draft to production, as far as it went. */
export function release(one: Release): readonly Step[] {
  const bundles = Object.keys(one.edits);
  const drafts = bundles.map((bundle) => draftOf(one.key, bundle));
  const drafting = bundles.map((bundle): Step => {
    const source = one.sources?.[bundle];
    return {
      at: one.drafted,
      by: one.by,
      do: "draft",
      draft: draftOf(one.key, bundle),
      system: one.system,
      bundle,
      title: one.title,
      ...(source && { source }),
      edits: one.edits[bundle] ?? [],
    };
  });
  const proposing: Step = {
    at: one.proposed,
    by: one.by,
    do: "proposeVersion",
    request: one.key,
    system: one.system,
    drafts,
    title: one.title,
    reason: one.reason,
    ...(one.incident && { incident: one.incident }),
  };
  return [
    ...drafting,
    proposing,
    ...approve(one.key, one.approvals ?? []),
    ...(one.meanwhile ?? []),
    ...(one.applied ? [{ at: one.applied, by: one.by, do: "apply", request: one.key } as const] : []),
    ...promote(one, "development"),
    ...promote(one, "staging"),
    ...promote(one, "production"),
  ];
}

export function draftOf(key: string, bundle: string): string {
  return `${key}/${bundle}`;
}

export function approve(request: string, approvals: readonly Approval[]): readonly Step[] {
  return approvals.map(([by, at, summary]) => ({ at, by, do: "review", request, verdict: "approve", summary }));
}

/** A remark on one line of a layer. */
export function onLine(thread: string, line: { readonly bundle: string; readonly find: string }, body: string): Remark {
  return { thread, place: { type: "line", layer: "base", side: "after", ...line }, body };
}

/** A remark on one parameter. */
export function onParameter(thread: string, place: readonly [bundle: string, pointer: string], body: string): Remark {
  return { thread, place: { type: "parameter", bundle: place[0], pointer: place[1] }, body };
}

function promote(one: Release, environment: "development" | "staging" | "production"): readonly Step[] {
  const stage = one[environment];
  if (stage === undefined) return [];
  const request = `${one.key}/${environment}`;
  const bundles = Object.keys(one.edits);
  const by = stage.by ?? one.by;
  const { seen } = stage;
  return [
    {
      at: stage.proposed,
      by,
      do: "proposePromotion",
      request,
      system: one.system,
      environment,
      of: one.key,
      bundles,
      title: `${one.title}, in ${environment}`,
      reason: stage.reason,
    },
    ...(stage.evaluated
      ? [
          {
            at: stage.proposed,
            by: SAM,
            do: "waive",
            request,
            gate: "dependencies",
            reason: stage.evaluated,
            days: 7,
          } as const,
        ]
      : []),
    ...approve(request, stage.approvals ?? []),
    ...overrideAll(request, stage),
    { at: stage.applied, by, do: "apply", request },
    ...(seen
      ? [
          {
            at: seen.at,
            by: SAM,
            do: "verify",
            system: one.system,
            environment,
            bundles,
            evidence: seen.evidence,
          } as const,
        ]
      : []),
  ];
}

function overrideAll(request: string, { override }: Stage): readonly Step[] {
  if (override === undefined) return [];
  const { at, by, reason } = override;
  return override.gates.map((gate) => ({ at, by, do: "override", request, gate, reason, days: 7 }));
}
