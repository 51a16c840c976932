import { FollowUpBadge } from "#components/hot-patches/badges.tsx";
import { PatchButton } from "#components/hot-patches/patch-controls.tsx";
import type { Deeds } from "#components/hot-patches/patch-view.tsx";
import type { HotPatchView } from "#components/hot-patches/view.ts";
import { DECISION_WORD } from "#components/hot-patches/words.ts";
import { wordsOf } from "#components/systems/words.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";

/** The decision that a patch owes: make it permanent, or revert. */
export function FollowUpCard({ patch, deeds }: { readonly patch: HotPatchView; readonly deeds: Deeds }) {
  const { followUp, now } = patch;
  if (followUp.state === "nothing") return null;
  const isOwed = followUp.state !== "decided";
  return (
    <Card labelledBy="follow-up">
      <CardHeader title="Follow-up" titleId="follow-up" actions={<FollowUpBadge followUp={followUp} />} />
      <CardBody className="grid gap-3 text-sm">
        {isOwed ? (
          <>
            <p className="flex flex-wrap items-center gap-x-2">
              <span>
                <strong className="font-semibold">{followUp.ownerName}</strong> owes a decision
              </span>
              <Countdown
                until={followUp.dueAt}
                now={now}
                from={patch.activatedAt ?? patch.filedAt}
                label={`The follow-up of ${patch.name}`}
              />
            </p>
            {followUp.state === "overdue" ? (
              <p className="text-danger-fg">
                Nothing is promoted into {patch.environment.name} of {patch.system.name} until it is decided.
              </p>
            ) : null}
            {patch.abilities.decide ? (
              <div className="flex flex-wrap gap-2" data-print="hide">
                <PatchButton kind="keep" variant="primary" {...deeds}>
                  Make permanent…
                </PatchButton>
                <PatchButton kind="revert" variant={patch.isServed ? "danger" : "secondary"} {...deeds}>
                  {patch.isServed ? "Revert now…" : "Leave it reverted…"}
                </PatchButton>
                {patch.possibleOwners.length > 0 ? (
                  <PatchButton kind="reassign" variant="ghost" {...deeds}>
                    Reassign…
                  </PatchButton>
                ) : null}
              </div>
            ) : null}
          </>
        ) : (
          <>
            <p>
              {followUp.decision ? (
                <strong className="font-semibold">{DECISION_WORD[followUp.decision]}</strong>
              ) : (
                "Decided"
              )}
              {followUp.decidedBy ? `, decided by ${followUp.decidedBy}` : ""}{" "}
              {followUp.decidedAt ? <Time at={followUp.decidedAt} now={now} show="relative" /> : null}
            </p>
            {followUp.note ? <p className="text-muted [overflow-wrap:anywhere]">{followUp.note}</p> : null}
            {followUp.change ? (
              <p>
                <TextLink href={`/changes/${followUp.change.number}`}>
                  {followUp.change.title} #{followUp.change.number}
                </TextLink>{" "}
                <span className="text-muted">({wordsOf(followUp.change.state).toLowerCase()})</span>
              </p>
            ) : null}
          </>
        )}
      </CardBody>
    </Card>
  );
}
