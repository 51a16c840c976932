import { PatchButton } from "#components/hot-patches/patch-controls.tsx";
import type { Deeds } from "#components/hot-patches/patch-view.tsx";
import type { HotPatchView } from "#components/hot-patches/view.ts";
import { minutesText } from "#components/hot-patches/words.ts";
import { counted } from "#components/systems/words.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Time } from "#components/ui/time.tsx";
import { humanDuration } from "#lib/kernel/time.ts";

/** How long it lasts, how long it lasted, who runs it, and more time for it. */
export function TimeCard({ patch, deeds }: { readonly patch: HotPatchView; readonly deeds: Deeds }) {
  const { now, phase } = patch;
  return (
    <Card labelledBy="time">
      <CardHeader
        title="Time"
        titleId="time"
        actions={
          patch.abilities.extend ? (
            <PatchButton kind="extend" size="sm" {...deeds}>
              Extend…
            </PatchButton>
          ) : null
        }
      />
      <CardBody className="grid gap-3">
        {phase === "in_force" ? (
          <p className="text-lg">
            <Countdown
              until={patch.expiresAt}
              now={now}
              from={patch.activatedAt ?? patch.filedAt}
              label={`Hot-patch ${patch.name}`}
              showsMoment
            />
          </p>
        ) : null}
        <DescriptionList items={factsOf(patch)} />
      </CardBody>
    </Card>
  );
}

function factsOf(patch: HotPatchView) {
  const { now, phase, takeUp } = patch;
  return [
    { term: "Filed", value: <Time at={patch.filedAt} now={now} show="both" precision="minute" /> },
    ...(phase === "requested" ? [{ term: "Asked for", value: minutesText(patch.minutes) }] : []),
    ...(patch.activatedAt
      ? [{ term: "In force since", value: <Time at={patch.activatedAt} now={now} show="both" precision="minute" /> }]
      : []),
    ...(phase === "leaving" || phase === "kept"
      ? [{ term: "Over since", value: <Time at={patch.expiresAt} now={now} show="both" precision="minute" /> }]
      : []),
    ...(patch.endedAt
      ? [
          {
            term: "Ended",
            value: (
              <>
                <Time at={patch.endedAt} now={now} show="both" precision="minute" />
                {patch.endedBy ? ` by ${patch.endedBy}` : ""}
                {patch.length === null ? "" : `, after ${humanDuration(patch.length)}`}
              </>
            ),
          },
        ]
      : []),
    ...(patch.endNote ? [{ term: "How it ended", value: patch.endNote }] : []),
    ...(phase === "in_force"
      ? [
          {
            term: "At its end",
            value: patch.revertsAtExpiry
              ? "What is declared is served again"
              : "It stays served until somebody decides, and counts as drift",
          },
        ]
      : []),
    ...(takeUp && patch.isServed
      ? [
          {
            term: "Taken up",
            value:
              takeUp.live === 0
                ? "No runtime reports"
                : `Run by ${takeUp.patched} of ${counted(takeUp.live, "live instance")}`,
          },
        ]
      : []),
    ...(takeUp && !patch.isServed && takeUp.patched > 0
      ? [{ term: "Still running it", value: `${takeUp.patched} of ${counted(takeUp.live, "live instance")}` }]
      : []),
    ...patch.extensionsGiven.map((extension, at) => ({
      term: `Extension ${at + 1}`,
      value: (
        <>
          {minutesText(extension.minutes)} by {extension.by}, <Time at={new Date(extension.at)} precision="minute" />:{" "}
          {extension.reason}
        </>
      ),
    })),
    ...(phase === "in_force"
      ? [
          {
            term: "Can be extended",
            value:
              patch.extensionsLeft === 0 ? (
                "No more"
              ) : (
                <>
                  {counted(patch.extensionsLeft, "time")}, by somebody other than {patch.filedByName}, never past{" "}
                  <Time at={patch.ceilingAt} precision="minute" />
                </>
              ),
          },
        ]
      : []),
  ];
}
