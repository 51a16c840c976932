import type { Metadata } from "next";
import { ChangeBanners } from "#components/reviews/change-banners.tsx";
import { type ChangeFacts, ChangeMenu, MainControls } from "#components/reviews/change-controls.tsx";
import { ChangeDock } from "#components/reviews/change-dock.tsx";
import { ChangeHeader } from "#components/reviews/change-header.tsx";
import { ChangeTabs } from "#components/reviews/change-tabs.tsx";
import { ReviewDesk } from "#components/reviews/desk.tsx";
import type { DeskRequest } from "#components/reviews/desk-context.ts";
import {
  applyLabel,
  approveLabel,
  consequence,
  effectOf,
  lastStage,
  parametersChanged,
  placesOf,
} from "#components/reviews/words.ts";
import { PrintHeader } from "#components/shell/print-header.tsx";
import { ProductionMarker } from "#components/shell/production-marker.tsx";
import { hasAdvice, isInTheWay } from "#lib/gates/report.ts";
import type { ChangeView } from "#lib/reviews/view.ts";
import { apply, claim, close, edit, open, recall, reopen, schedule, unschedule, updateFromDrafts } from "./actions.ts";
import { loadChange, loadGates } from "./load.ts";
import { dismiss, reply, resolve, review, start, withdraw } from "./review-actions.ts";

const moves = { apply, claim, close, edit, open, recall, reopen, schedule, unschedule, updateFromDrafts };

type Props = LayoutProps<"/changes/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { request } = await loadChange((await params).number);
  return { title: `${request.title} · #${request.number}` };
}

/** Publishing and new rules change nothing that runs; only what does needs the marker. */
function dangerousStage(view: ChangeView) {
  return view.request.kind === "promotion" || view.request.kind === "rollback" ? lastStage(view) : null;
}

function deskOf(view: ChangeView, blocking: ChangeFacts["blocking"]): DeskRequest {
  const { request } = view;
  const effect = effectOf(view);
  return {
    number: request.number,
    kind: request.kind,
    state: request.state,
    revision: request.revision,
    contentDigest: request.contentDigest,
    viewerId: view.viewerId,
    viewerName: view.viewerName,
    isContributor: request.contributors.includes(view.viewerId),
    hasApproved: view.status.approvals.some(
      (approval) => approval.reviewerId === view.viewerId && approval.staleBecause === null,
    ),
    can: view.can,
    consequence: consequence(effect),
    approveLabel: approveLabel(effect),
    applyLabel: applyLabel(effect),
    places: placesOf(effect),
    lastStage: dangerousStage(view),
    needed: view.status.needed,
    inTheWay: blocking.map((check) => check.title),
    scheduledFor: request.scheduledFor,
  };
}

export default async function ChangeLayout({ params, children }: Props) {
  const { number } = await params;
  const [view, gates] = await Promise.all([loadChange(number), loadGates(number)]);
  const now = new Date();
  const { request } = view;
  const blocking = gates.checks.filter(isInTheWay);
  const facts: ChangeFacts = {
    title: request.title,
    reason: request.reason,
    authorName: request.authorName,
    isAuthorActive: view.isAuthorActive,
    isScheduled: request.scheduleState !== "none",
    canApply: gates.canApply,
    blocking,
    advising: gates.checks.filter(hasAdvice),
  };
  const isOver = request.state === "applied" || request.state === "closed";
  const stage = isOver ? null : dangerousStage(view);
  return (
    <ReviewDesk request={deskOf(view, blocking)} actions={{ review, withdraw, dismiss, start, reply, resolve }}>
      {stage ? <ProductionMarker label={stage.name} /> : null}
      <PrintHeader
        title={`Change request #${request.number}`}
        printedBy={view.viewerName}
        now={now}
        digests={[{ label: "Content", value: request.contentDigest }]}
      />
      <ChangeHeader
        view={view}
        now={now}
        controls={
          <ChangeDock menu={<ChangeMenu facts={facts} actions={moves} />}>
            <MainControls facts={facts} actions={moves} />
          </ChangeDock>
        }
      />
      <ChangeBanners view={view} gates={gates} update={updateFromDrafts} now={now} />
      <ChangeTabs
        number={request.number}
        counts={{
          threads: view.threads.filter((thread) => thread.resolvedAt === null).length,
          changes: parametersChanged(view.changes) + view.ruleChanges.length,
          checks: isOver ? 0 : blocking.length,
        }}
      />
      {children}
    </ReviewDesk>
  );
}
