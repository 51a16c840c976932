import { RebaseForm } from "#components/reviews/rebase-form.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { previewRebase } from "#lib/gates/queries.ts";
import { loadChange } from "../load.ts";
import { rebase } from "../review-actions.ts";

export default async function RebasePage({ params }: PageProps<"/changes/[number]/rebase">) {
  const [{ number }, actor] = await Promise.all([params, requireActor()]);
  const [view, { moved, conflicts }] = await Promise.all([loadChange(number), found(previewRebase(actor, { number }))]);
  const { request } = view;
  if (moved.length === 0 || !view.can.edit) {
    return (
      <Card>
        <EmptyState
          reason={view.can.edit ? "none" : "denied"}
          title={view.can.edit ? "It is up to date" : "You may not edit this change"}
          action={<LinkButton href={`/changes/${number}/changes`}>See what it changes</LinkButton>}
        >
          {view.can.edit ? "It builds on what there is now." : "Its author, or anyone who may edit it, can rebase it."}
        </EmptyState>
      </Card>
    );
  }
  return (
    <section aria-labelledby="rebase" className="grid max-w-4xl gap-4">
      <h2 id="rebase" className="text-base font-semibold">
        Rebase
      </h2>
      <Callout tone="info" title={moved.map((one) => one.message).join(". ")}>
        {conflicts.length === 0
          ? "Both sides changed different parameters, or changed them alike: they merge by themselves."
          : "What only one side changed is merged by itself. These places were changed on both sides, differently: decide each."}
      </Callout>
      <RebaseForm
        number={request.number}
        revision={request.revision}
        conflicts={conflicts}
        approvals={view.status.approvals.filter((approval) => approval.staleBecause === null).length}
        action={rebase}
      />
    </section>
  );
}
