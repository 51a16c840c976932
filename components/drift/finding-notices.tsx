import { FINDING_STATE_WORD } from "#components/drift/words.ts";
import { wordsOf } from "#components/systems/words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { FindingPage } from "#lib/drift/views.ts";

/** What has to be known before anything is done about a finding. */
export function FindingNotices({ finding, now }: { readonly finding: FindingPage; readonly now: Date }) {
  const { hiddenBy, hotPatch, changeRequest } = finding;
  return (
    <>
      {finding.state === "resolved" && finding.resolvedAt ? (
        <Callout tone="ok" title={FINDING_STATE_WORD.resolved}>
          The difference has been gone since <Time at={finding.resolvedAt} now={now} show="both" precision="minute" />.
          Should it come back, this finding opens again with its history.
        </Callout>
      ) : null}
      {finding.state === "suppressed" && finding.suppressedUntil ? (
        <Callout title="Out of sight for a while">
          Until <Time at={finding.suppressedUntil} now={now} show="both" precision="minute" />
          {finding.reason ? `: ${finding.reason}` : ""}. The difference still counts for the status of its place.
        </Callout>
      ) : null}
      {hiddenBy ? (
        <Callout
          title="An ignore rule hides it"
          actions={
            <LinkButton size="sm" href={`/drift/ignore-rules?rule=${hiddenBy.id}`}>
              Show the rule
            </LinkButton>
          }
        >
          <code className="font-mono text-xs">{hiddenBy.pattern}</code> by {hiddenBy.ownerName}, until{" "}
          <Time at={hiddenBy.expiresAt} precision="day" />: {hiddenBy.reason}
        </Callout>
      ) : null}
      {changeRequest ? (
        <Callout title="A change request would declare the observed value">
          <TextLink href={`/changes/${changeRequest.number}`}>
            {changeRequest.title} #{changeRequest.number}
          </TextLink>{" "}
          ({wordsOf(changeRequest.state).toLowerCase()}). Until it is applied and deployed, the difference stays.
        </Callout>
      ) : null}
      {hotPatch ? (
        <Callout
          tone={hotPatch.state === "active" ? "info" : "warn"}
          title={`It comes from hot-patch HP-${hotPatch.number}`}
          actions={
            <LinkButton size="sm" href={`/hot-patches/${hotPatch.number}`}>
              Open the hot-patch
            </LinkButton>
          }
        >
          {hotPatch.incident}.{" "}
          {hotPatch.state === "active" ? (
            <Countdown until={hotPatch.expiresAt} now={now} label={`Hot-patch HP-${hotPatch.number}`} showsMoment />
          ) : (
            `The patch is over (${hotPatch.state}), and what it set still runs.`
          )}
        </Callout>
      ) : null}
    </>
  );
}
