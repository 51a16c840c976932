import type { Metadata } from "next";
import { BoardSummary, syncOf } from "#components/board/board-summary.tsx";
import { DriftCard } from "#components/board/drift-card.tsx";
import { HotPatchCard } from "#components/board/hot-patch-card.tsx";
import { NeedsMe } from "#components/board/needs-me.tsx";
import { TruthBoard } from "#components/board/truth-board.tsx";
import { Live } from "#components/shell/live.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import type { Severity } from "#lib/drift/model.ts";
import { listFindings } from "#lib/drift/queries/list-findings.ts";
import { openHotPatches, owedHotPatches } from "#lib/hot-patches/queries/open-hot-patches.ts";
import { truthBoard } from "#lib/insights/queries.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { listChanges } from "#lib/reviews/queries/list-changes.ts";

export const metadata: Metadata = { title: "Overview" };

const SHOWN = 6;

export default async function OverviewPage({ searchParams }: PageProps<"/">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const [systems, owed, open, findings, toReview, mine] = await Promise.all([
    truthBoard(actor, {}),
    owedHotPatches(actor, {}),
    openHotPatches(actor, {}),
    listFindings(actor, { state: "open", limit: SHOWN }),
    listChanges(actor, { tab: "needs_my_review", limit: SHOWN }),
    listChanges(actor, { tab: "mine", limit: SHOWN }),
  ]);
  const now = new Date();
  const sync = syncOf(firstOf(params, ["sync"]).sync);
  const shown = systems.filter(
    (system) =>
      sync === null ||
      system.cells.some((cell) => cell.bundles.some((one) => one.declared !== null && one.running.sync === sync)),
  );
  return (
    <>
      <Live />
      <PageHeader
        title="Overview"
        meta={
          <span>
            What every environment declares and what runs there, worst first, as of <Time at={now} precision="minute" />
          </span>
        }
      />
      {systems.length > 0 ? <BoardSummary systems={systems} chosen={sync} /> : null}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        {shown.length > 0 ? (
          <TruthBoard systems={shown} now={now} />
        ) : systems.length > 0 ? (
          <Card>
            <EmptyState
              reason="filtered"
              title="No system has such a place"
              action={<LinkButton href="/">Show all</LinkButton>}
            >
              Systems are there, but none that is in this state anywhere.
            </EmptyState>
          </Card>
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
          <HotPatchCard owed={owed} open={open.patches} now={now} />
          <DriftCard bySeverity={bySeverity(systems)} findings={findings.items} now={now} />
        </div>
      </div>
    </>
  );
}

type Board = Awaited<ReturnType<typeof truthBoard>>;

function bySeverity(systems: Board): Record<Severity, number> {
  const here = systems.flatMap((system) => system.cells.flatMap((cell) => cell.bundles.map((one) => one.running)));
  const count = (severity: Severity) => here.reduce((sum, running) => sum + running.findings[severity], 0);
  return { critical: count("critical"), high: count("high"), medium: count("medium"), low: count("low") };
}
