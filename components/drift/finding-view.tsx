import { PrintDiff } from "#components/diff/print-diff.tsx";
import { TextDiff } from "#components/diff/text-diff.tsx";
import { FindingNotices } from "#components/drift/finding-notices.tsx";
import { FindingSiblings } from "#components/drift/finding-siblings.tsx";
import { FindingTimeline } from "#components/drift/finding-timeline.tsx";
import { FindingValues } from "#components/drift/finding-values.tsx";
import { FINDING_KIND_HINT } from "#components/drift/words.ts";
import { InstanceTable } from "#components/fleets/instance-table.tsx";
import { counted } from "#components/systems/words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Time } from "#components/ui/time.tsx";
import type { AffectedInstance, FindingPage } from "#lib/drift/views.ts";

/** Both documents as texts; null where either is not kept. */
export type DocumentTexts = { readonly declared: string; readonly observed: string } | null;

/** One finding: both sides, since when, who shows it, what happened to it, and what else differs there. */
export function FindingView({
  finding,
  texts,
  instances,
  now,
}: {
  readonly finding: FindingPage;
  readonly texts: DocumentTexts;
  readonly instances: {
    readonly rows: readonly AffectedInstance[];
    readonly firstHref?: string;
    readonly moreHref?: string;
  };
  readonly now: Date;
}) {
  const fleet = `/systems/${finding.system.slug}/environments/${finding.environment.slug}/fleet`;
  const hasValues = finding.values.declared !== undefined || finding.values.observed !== undefined;
  return (
    <div className="grid gap-4">
      <FindingNotices finding={finding} now={now} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-4">
          {hasValues ? (
            <Card labelledBy="values">
              <CardHeader
                titleId="values"
                title={finding.parameter?.title ?? "Declared and observed"}
                description={<code className="font-mono text-xs [overflow-wrap:anywhere]">{finding.pointer}</code>}
              />
              <CardBody>
                <FindingValues values={finding.values} />
                {finding.origin ? <p className="mt-3 text-sm">Set by {finding.origin}.</p> : null}
              </CardBody>
            </Card>
          ) : (
            <Card>
              <CardBody className="text-sm">{FINDING_KIND_HINT[finding.kind]}.</CardBody>
            </Card>
          )}
          <Card labelledBy="affected">
            <CardHeader
              title="Runtimes that show it"
              titleId="affected"
              description={counted(finding.instances, "instance")}
              actions={
                <LinkButton size="sm" href={`${fleet}?bundle=${finding.bundle.slug}`}>
                  Open the fleet
                </LinkButton>
              }
            />
            {instances.rows.length > 0 ? (
              <InstanceTable
                label="Runtimes that show it"
                rows={instances.rows}
                hrefOf={(id) => `${fleet}/${id}`}
                now={now}
              />
            ) : (
              <p className="px-4 py-3 text-sm text-muted">
                {finding.state === "resolved" ? "None any more." : "None of those that report shows it at this moment."}
              </p>
            )}
            {instances.firstHref || instances.moreHref ? (
              <Pager
                newerLabel="First"
                olderLabel="More"
                newerHref={instances.firstHref}
                olderHref={instances.moreHref}
              />
            ) : null}
          </Card>
          {texts && texts.declared !== texts.observed ? (
            <Card labelledBy="documents">
              <CardHeader
                title="The whole configuration"
                titleId="documents"
                description="What is declared, hot-patches in force included, and what was observed"
              />
              <TextDiff
                id="documents"
                before={texts.declared}
                after={texts.observed}
                beforeTitle="Declared"
                afterTitle="Observed"
              />
              <PrintDiff before={texts.declared} after={texts.observed} beforeTitle="Declared" afterTitle="Observed" />
            </Card>
          ) : null}
        </div>
        <div className="grid min-w-0 gap-4">
          <Card labelledBy="facts">
            <CardHeader title="What is known" titleId="facts" />
            <CardBody>
              <Facts finding={finding} now={now} />
            </CardBody>
          </Card>
          <FindingTimeline moments={finding.timeline} now={now} />
          <FindingSiblings siblings={finding.siblings} />
        </div>
      </div>
    </div>
  );
}

function Facts({ finding, now }: { readonly finding: FindingPage; readonly now: Date }) {
  const { documents } = finding;
  return (
    <DescriptionList
      items={[
        {
          term: "Began",
          value: finding.onsetAfter ? (
            <>
              after <Time at={finding.onsetAfter} precision="minute" />, when it was last known not to be there
            </>
          ) : (
            "Nobody knows: it was there when the first report came"
          ),
        },
        { term: "Found", value: <Time at={finding.openedAt} precision="minute" /> },
        ...(finding.resolvedAt ? [{ term: "Gone", value: <Time at={finding.resolvedAt} precision="minute" /> }] : []),
        {
          term: "Seen",
          value: (
            <>
              {counted(finding.confirmations, "time")}
              {finding.lastSeenAt ? (
                <>
                  , last <Time at={finding.lastSeenAt} now={now} show="relative" />
                </>
              ) : null}
              {finding.reopenings > 0 ? `; came back ${counted(finding.reopenings, "time")}` : ""}
            </>
          ),
        },
        ...(finding.acknowledgedBy ? [{ term: "Looked after by", value: finding.acknowledgedBy }] : []),
        ...(finding.parameter
          ? [{ term: "Answered for by", value: `${finding.parameter.owner} (${finding.parameter.risk} risk)` }]
          : []),
        ...(documents.declaredDigest ? [{ term: "Declared", value: <Digest value={documents.declaredDigest} /> }] : []),
        ...(documents.observedDigest ? [{ term: "Observed", value: <Digest value={documents.observedDigest} /> }] : []),
        ...(finding.alertedAt
          ? [{ term: "Alert sent", value: <Time at={finding.alertedAt} precision="minute" /> }]
          : []),
      ]}
    />
  );
}
