"use client";

import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { RulesActions } from "#components/systems/rules/rules-actions.ts";
import { type EntryChange, rulesChanges } from "#components/systems/rules/rules-changes.ts";
import { rebaseRules } from "#lib/reviews/rebase.ts";
import type { EnvironmentRef, Rules } from "#lib/systems/model.ts";

type Named = { readonly slug: string; readonly name: string };

export type RulesDraft = {
  readonly system: string;
  /** The rules in force. */
  readonly current: { readonly id: string; readonly sequence: number; readonly rules: Rules };
  readonly around: {
    readonly environments: readonly EnvironmentRef[];
    readonly groups: readonly Named[];
    readonly bundles: readonly Named[];
  };
  readonly isProtected: boolean;
  readonly mayWrite: boolean;
  readonly actions: RulesActions;
  /** As they would be. */
  readonly rules: Rules;
  readonly changes: readonly EntryChange[];
  /** Changes were put on top of rules that changed meanwhile; how many entries both had changed. */
  readonly moved: { readonly conflicts: number } | null;
  readonly write: (rules: Rules) => void;
  readonly clear: () => void;
};

const RulesDraftContext = createContext<RulesDraft | null>(null);

/** What is being written of a system's rules. @throws outside of a RulesDraftProvider, which is a mistake in the page */
export function useRulesDraft(): RulesDraft {
  const draft = use(RulesDraftContext);
  if (draft === null) throw new Error("The rules' draft is used outside of its provider");
  return draft;
}

type Kept = { readonly base: Rules; readonly baseId: string; readonly rules: Rules };

/** Keeps unsaved changes of the rules in this tab, across its pages and reloads. */
export function RulesDraftProvider({
  children,
  ...given
}: Omit<RulesDraft, "rules" | "changes" | "moved" | "write" | "clear"> & { readonly children: ReactNode }) {
  const { system, current } = given;
  const [rules, setRules] = useState(current.rules);
  const [moved, setMoved] = useState<RulesDraft["moved"]>(null);
  const place = `plumbline:rules:${system}`;

  // Read after the first drawing, which has to be the server's.
  useEffect(() => {
    const kept = readKept(place);
    if (kept === null) return;
    if (kept.baseId === current.id) return setRules(kept.rules);
    const sides = { base: kept.base, ours: kept.rules, theirs: current.rules };
    const { merged, conflicts } = rebaseRules(sides, []);
    setRules(merged);
    if (rulesChanges(current.rules, merged).length === 0) return sessionStorage.removeItem(place);
    setMoved({ conflicts: conflicts.length });
  }, [place, current]);

  const changes = useMemo(() => rulesChanges(current.rules, rules), [current.rules, rules]);
  const isChanged = changes.length > 0;
  useEffect(() => {
    if (!isChanged) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", guard);
    return () => removeEventListener("beforeunload", guard);
  }, [isChanged]);

  const clear = () => {
    sessionStorage.removeItem(place);
    setMoved(null);
    setRules(current.rules);
  };
  const write = (next: Rules) => {
    setRules(next);
    const kept: Kept = { base: current.rules, baseId: current.id, rules: next };
    sessionStorage.setItem(place, JSON.stringify(kept));
  };
  return <RulesDraftContext value={{ ...given, rules, changes, moved, write, clear }}>{children}</RulesDraftContext>;
}

function readKept(place: string): Kept | null {
  const text = sessionStorage.getItem(place);
  if (text === null) return null;
  // Written by this page in this tab, and nothing else writes there.
  return JSON.parse(text) as Kept;
}
