import { UpdateFromDrafts } from "#components/reviews/update-from-drafts.tsx";
import { counted, listed } from "#components/reviews/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { GateReport } from "#lib/gates/model.ts";
import type { ChangeView } from "#lib/reviews/view.ts";

/** What has to be known before anything else: what it made, why it is closed, that the world moved, that drafts did. */
export function ChangeBanners({
  view,
  gates,
  update,
  now,
}: {
  readonly view: ChangeView;
  readonly gates: GateReport;
  readonly update: FormAction;
  readonly now: Date;
}) {
  const { request, can } = view;
  const moved = gates.checks.find((check) => check.id === "content_current" && check.status === "failed");
  const isOver = request.state === "applied" || request.state === "closed";
  const approvals = view.status.approvals.filter((approval) => approval.staleBecause === null).length;
  return (
    <div className="mb-4 grid gap-2 empty:hidden">
      {request.state === "applied" ? (
        <Callout tone="ok" title="It took effect" actions={<NextStep view={view} />}>
          {request.appliedAt ? <Time at={request.appliedAt} now={now} show="both" precision="minute" /> : null}
          {view.outcome.map((one) => (
            <span key={`${one.kind}${one.id}`}>
              {" · "}
              <Outcome outcome={one} view={view} />
            </span>
          ))}
        </Callout>
      ) : null}
      {request.state === "closed" ? (
        <Callout tone="info" title="Closed without taking effect">
          {request.closedReason}
        </Callout>
      ) : null}
      {request.state === "changes_requested" && can.edit && view.draftsAhead.length === 0 ? (
        <Callout tone="warn" title="Changes were requested" actions={<DraftLinks view={view} />}>
          {view.bundles.some((bundle) => bundle.draftId)
            ? "Edit the draft and update this request from it; whoever asked for changes then looks again."
            : "Answer in the discussion; whoever asked for changes has to approve, or take it back."}
        </Callout>
      ) : null}
      {moved && !isOver ? (
        <Callout
          tone="warn"
          title="The base has moved"
          actions={can.edit ? <LinkButton href={`/changes/${request.number}/rebase`}>Rebase…</LinkButton> : null}
        >
          {moved.items.map((item) => item.message).join(". ")}. It can take effect only on top of that.
        </Callout>
      ) : null}
      {view.draftsAhead.length > 0 && !isOver ? (
        <Callout
          tone="info"
          title={`The draft of ${listed(view.draftsAhead)} has text that is not in this request`}
          actions={
            can.edit ? (
              <UpdateFromDrafts
                number={request.number}
                revision={request.revision}
                approvals={approvals}
                action={update}
              />
            ) : null
          }
        >
          {view.bundles
            .filter((bundle) => view.draftsAhead.includes(bundle.slug) && bundle.draftId)
            .map((bundle) => (
              <TextLink key={bundle.slug} href={`/drafts/${bundle.draftId}`} className="mr-3">
                Open the draft of {bundle.slug}
              </TextLink>
            ))}
          {approvals > 0 ? `Updating dismisses ${counted(approvals, "approval")}.` : null}
        </Callout>
      ) : null}
      {request.scheduleNote ? (
        <Callout tone="warn" title={request.scheduleState === "parked" ? "The schedule gave up" : "About the schedule"}>
          {request.scheduleNote}
        </Callout>
      ) : null}
    </div>
  );
}

/** Where the author goes to answer. */
function DraftLinks({ view }: { readonly view: ChangeView }) {
  return view.bundles.map((bundle) =>
    bundle.draftId ? (
      <LinkButton key={bundle.slug} href={`/drafts/${bundle.draftId}`}>
        Revise {bundle.slug}
      </LinkButton>
    ) : null,
  );
}

/** A published version runs nowhere until it is promoted, from the page of its bundle. */
function NextStep({ view }: { readonly view: ChangeView }) {
  if (view.request.kind !== "version") return null;
  return view.bundles.map((bundle) => (
    <LinkButton key={bundle.slug} href={`/systems/${view.system.slug}/bundles/${bundle.slug}`}>
      Promote {bundle.slug}
    </LinkButton>
  ));
}

function Outcome({ outcome, view }: { readonly outcome: ChangeView["outcome"][number]; readonly view: ChangeView }) {
  switch (outcome.kind) {
    case "version":
      return <TextLink href={`/versions/${outcome.id}`}>{outcome.label}</TextLink>;
    case "rules":
      return <TextLink href={`/systems/${view.system.slug}/history`}>{outcome.label}</TextLink>;
    default: {
      const snapshot = /snapshot (\d+)/.exec(outcome.label)?.[1];
      return snapshot ? <TextLink href={`/snapshots/${snapshot}`}>{outcome.label}</TextLink> : outcome.label;
    }
  }
}
