import { FollowUpCard } from "#components/hot-patches/follow-up-card.tsx";
import { PatchChanges } from "#components/hot-patches/patch-changes.tsx";
import { type PatchActions, PatchButton, type PatchFacts } from "#components/hot-patches/patch-controls.tsx";
import { PatchTimeline } from "#components/hot-patches/patch-timeline.tsx";
import { ReviewCard } from "#components/hot-patches/review-card.tsx";
import { TimeCard } from "#components/hot-patches/time-card.tsx";
import type { HotPatchView } from "#components/hot-patches/view.ts";
import { minutesText, withShortDigests } from "#components/hot-patches/words.ts";
import { counted } from "#components/systems/words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";

/** What buttons need to ask about a patch. */
export type Deeds = { readonly facts: PatchFacts; readonly actions: PatchActions };

/** One patch: what it changes, how long, what it owes, and what happened to it. */
export function PatchView({
  patch,
  deeds,
  mayAudit,
}: {
  readonly patch: HotPatchView;
  readonly deeds: Deeds;
  readonly mayAudit: boolean;
}) {
  return (
    <div className="grid gap-4">
      <Request patch={patch} deeds={deeds} />
      {patch.phase === "escalated" ? (
        <Callout tone="danger" title="People must look">
          {patch.endNote ?? "Another value than the patched one runs, or taking it back failed."}
        </Callout>
      ) : null}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem] xl:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 gap-4">
          <Card labelledBy="changes">
            <CardHeader
              title="What it changes"
              titleId="changes"
              description={`${counted(patch.parameters.length, "parameter")} of ${patch.bundle.name} in ${patch.environment.name}`}
            />
            <CardBody>
              <PatchChanges changes={patch.parameters} />
            </CardBody>
          </Card>
          <TimeCard patch={patch} deeds={deeds} />
        </div>
        <div className="grid min-w-0 gap-4 xl:row-span-2">
          <FollowUpCard patch={patch} deeds={deeds} />
          <ReviewCard patch={patch} deeds={deeds} />
          <Card labelledBy="facts">
            <CardHeader title="What is known" titleId="facts" />
            <CardBody>
              <DescriptionList items={factsOf(patch, mayAudit)} />
            </CardBody>
          </Card>
        </div>
        <PatchTimeline moments={patch.timeline} now={patch.now} />
      </div>
    </div>
  );
}

/** A request that nobody has answered: who can, until when, and the two answers. */
function Request({ patch, deeds }: { readonly patch: HotPatchView; readonly deeds: Deeds }) {
  if (patch.phase !== "requested") return null;
  const { abilities, environment, reviewers } = patch;
  return (
    <Callout
      tone="warn"
      title={`${patch.filedByName} asks to change ${environment.name} for ${minutesText(patch.minutes)}`}
      actions={
        <>
          {abilities.approve ? (
            <>
              <PatchButton kind="approve" variant="primary" {...deeds}>
                Approve for {environment.name}…
              </PatchButton>
              <PatchButton kind="deny" {...deeds}>
                Deny…
              </PatchButton>
            </>
          ) : null}
          {abilities.withdraw ? (
            <PatchButton kind="withdraw" {...deeds}>
              Withdraw…
            </PatchButton>
          ) : null}
        </>
      }
    >
      <p className="flex flex-wrap items-center gap-x-2">
        It needs one approval
        <Countdown
          until={patch.expiresAt}
          now={patch.now}
          from={patch.filedAt}
          label={`The request ${patch.name}`}
          showsMoment
        />
      </p>
      {abilities.approve ? null : (
        <p className="text-muted">
          {reviewers.length === 0
            ? "Nobody else may approve it here; an administrator can give somebody the role."
            : `${reviewers.slice(0, 6).join(", ")}${reviewers.length > 6 ? " and others" : ""} can approve it.`}
        </p>
      )}
    </Callout>
  );
}

function factsOf(patch: HotPatchView, mayAudit: boolean) {
  const { system, environment, bundle } = patch;
  const place = `system=${system.slug}&environment=${environment.slug}&bundle=${bundle.slug}`;
  const [first] = patch.changes;
  return [
    { term: "Filed by", value: patch.filedByName },
    ...(patch.approvedByName ? [{ term: "Approved by", value: patch.approvedByName }] : []),
    {
      term: "Made on",
      value: patch.snapshot ? (
        <TextLink href={`/snapshots/${patch.snapshot}`}>Snapshot S-{patch.snapshot}</TextLink>
      ) : (
        ""
      ),
    },
    { term: "Served before", value: <Digest value={patch.beforeDigest} /> },
    { term: "Served under it", value: <Digest value={patch.afterDigest} /> },
    {
      term: "Findings",
      value: (
        <TextLink href={`/drift?${place}&state=any${first ? `&q=${encodeURIComponent(first.pointer)}` : ""}`}>
          What differs there
        </TextLink>
      ),
    },
    {
      term: "Fleet",
      value: (
        <TextLink href={`/systems/${system.slug}/environments/${environment.slug}/fleet?bundle=${bundle.slug}`}>
          Who runs what
        </TextLink>
      ),
    },
    ...(mayAudit
      ? [
          {
            term: "Audit trail",
            value: <TextLink href={`/audit?subject=hot_patch:${patch.name}`}>Everything that was done</TextLink>,
          },
        ]
      : []),
    { term: "Waived", value: patch.waiver && withShortDigests(patch.waiver) },
  ];
}
