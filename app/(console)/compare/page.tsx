import type { Metadata } from "next";
import { CompareForm } from "#components/releases/compare-form.tsx";
import { ComparisonView } from "#components/releases/comparison-view.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { listComparable } from "#lib/runtimes/comparable-suggestions.ts";
import { compare } from "#lib/runtimes/compare.ts";

export const metadata: Metadata = { title: "Compare" };

export default async function ComparePage({ searchParams }: PageProps<"/compare">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { left = "", right = "" } = firstOf(params, ["left", "right"]);
  const [suggestions, comparison] = await Promise.all([
    listComparable(actor, {}),
    left && right ? compare(actor, { left, right }).catch(asRefusal) : null,
  ]);
  return (
    <>
      <PageHeader
        title="Compare"
        meta="Any two of: bundle versions, snapshots, what an environment declares now, what runtimes were seen running."
      />
      <div className="grid gap-4">
        <Card>
          <CompareForm key={`${left} ${right}`} left={left} right={right} suggestions={suggestions} />
        </Card>
        {comparison instanceof Refusal ? (
          <Callout tone="warn" title="These two cannot be compared">
            {comparison.message}
          </Callout>
        ) : comparison ? (
          <ComparisonView {...comparison} />
        ) : (
          <Card>
            <EmptyState title="Choose two sides">
              Begin to type a system, an environment or a version, or paste a reference such as snapshot:12. The address
              of the comparison can be shared.
            </EmptyState>
          </Card>
        )}
      </div>
    </>
  );
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
