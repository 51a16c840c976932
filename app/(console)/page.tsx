import type { Metadata } from "next";
import { NeedsMe } from "#components/board/needs-me.tsx";
import { TruthBoard } from "#components/board/truth-board.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { truthBoard } from "#lib/insights/queries.ts";
import { listChanges } from "#lib/reviews/queries/list-changes.ts";

export const metadata: Metadata = { title: "Overview" };

const SHOWN = 6;

export default async function OverviewPage() {
  const actor = await requireActor();
  const [systems, toReview, mine] = await Promise.all([
    truthBoard(actor, {}),
    listChanges(actor, { tab: "needs_my_review", limit: SHOWN }),
    listChanges(actor, { tab: "mine", limit: SHOWN }),
  ]);
  const now = new Date();
  return (
    <>
      <PageHeader
        title="Overview"
        meta={
          <span>
            What every environment declares, as of <Time at={now} precision="minute" />
          </span>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        {systems.length > 0 ? (
          <TruthBoard systems={systems} now={now} />
        ) : (
          <Card>
            <EmptyState
              title="No system yet"
              action={
                may(actor, "system:create") ? (
                  <LinkButton variant="primary" href="/systems/new">
                    Create a system
                  </LinkButton>
                ) : null
              }
            >
              Systems that you may read appear here, with what each of their environments declares.
            </EmptyState>
          </Card>
        )}
        <div className="grid gap-4">
          <NeedsMe
            title="Needs my review"
            empty="Nothing waits for your review."
            href="/changes?tab=needs_my_review"
            changes={toReview.items}
            now={now}
          />
          <NeedsMe
            title="My requests"
            empty="You have no open requests."
            href="/changes?tab=mine"
            changes={mine.items}
            now={now}
          />
        </div>
      </div>
    </>
  );
}
