import type { Metadata } from "next";
import { RulesComparison } from "#components/systems/rules/rules-comparison.tsx";
import { RulesHistory } from "#components/systems/rules/rules-history.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listRules, showRules } from "#lib/systems/queries.ts";

export const metadata: Metadata = { title: "History of the rules" };

export default async function RulesHistoryPage({ params, searchParams }: PageProps<"/systems/[system]/history">) {
  const [{ system }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const versions = await found(listRules(actor, { system, limit: 50, cursor: search.after }));
  const newest = versions.items[0]?.sequence ?? 1;
  const right = Number(search.right ?? newest);
  const left = Number(search.left ?? Math.max(1, right - 1));
  const [before, after] = await found(
    Promise.all([showRules(actor, { system, sequence: left }), showRules(actor, { system, sequence: right })]),
  );
  const here = `/systems/${system}/history`;
  const current = queryOf(search);
  return (
    <div className="grid gap-4">
      <RulesHistory
        here={here}
        versions={versions.items}
        compared={{ left, right }}
        pages={{
          first: search.after ? `${here}${withParams(current, { after: null })}` : undefined,
          next: versions.next ? `${here}${withParams(current, { after: versions.next })}` : undefined,
        }}
        now={new Date()}
      />
      <RulesComparison
        before={{ sequence: before.sequence, rules: before.rules }}
        after={{ sequence: after.sequence, rules: after.rules }}
      />
    </div>
  );
}
