import { type BundleListRow, BundleTable } from "#components/bundles/bundle-table.tsx";
import { PipelineStrip } from "#components/systems/pipeline-strip.tsx";
import { counted, wordsOf } from "#components/systems/words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { PipelineStage } from "#lib/insights/system-overview.ts";

type Overview = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly isProtected: boolean;
  readonly pipeline: readonly PipelineStage[];
  readonly bundles: readonly BundleListRow[];
  readonly recent: readonly {
    readonly number: number;
    readonly title: string;
    readonly state: string;
    readonly kind: string;
    readonly authorName: string;
    readonly updatedAt: Date;
  }[];
  readonly waiting: number;
  readonly changes: number;
};

/** A system at a glance: what every environment declares, its bundles, and what is being changed. */
export function SystemOverview({
  overview,
  now,
  mayCreateBundle,
}: {
  readonly overview: Overview;
  readonly now: Date;
  readonly mayCreateBundle: boolean;
}) {
  const { slug } = overview;
  return (
    <div className="grid gap-4">
      {overview.description ? <p className="max-w-prose text-sm text-muted">{overview.description}</p> : null}
      {overview.isProtected ? null : (
        <Callout
          tone="warn"
          title="The rules of this system are not protected"
          actions={
            <LinkButton href={`/systems/${slug}/settings`} size="sm">
              Go to settings
            </LinkButton>
          }
        >
          Its catalogue, constraints, dependencies and policies can be edited without review. Protect it once they fit.
        </Callout>
      )}
      <section aria-labelledby="pipeline">
        <h2 id="pipeline" className="mb-2 text-base font-semibold">
          Pipeline
        </h2>
        <PipelineStrip system={slug} stages={overview.pipeline} now={now} />
      </section>
      <Card labelledBy="bundles">
        <CardHeader
          title="Bundles"
          titleId="bundles"
          actions={
            mayCreateBundle ? (
              <LinkButton href={`/systems/${slug}/bundles?new=1`} size="sm">
                Add a bundle
              </LinkButton>
            ) : null
          }
        />
        <BundleTable system={slug} bundles={overview.bundles} mayCreate={mayCreateBundle} now={now} />
      </Card>
      <Card labelledBy="changes">
        <CardHeader
          title="Change requests"
          titleId="changes"
          description={`${counted(overview.waiting, "request")} waiting, ${overview.changes.toLocaleString("en")} in all`}
          actions={
            <LinkButton href={`/changes?tab=all&state=any&system=${slug}`} size="sm">
              See all
            </LinkButton>
          }
        />
        <Recent changes={overview.recent} now={now} />
      </Card>
    </div>
  );
}

function Recent({ changes, now }: { readonly changes: Overview["recent"]; readonly now: Date }) {
  if (changes.length === 0) {
    return (
      <EmptyState title="No change was requested yet" level={3}>
        Write a draft of a bundle and ask for its review.
      </EmptyState>
    );
  }
  return (
    <CardBody className="p-0!">
      <ul className="divide-y divide-border text-sm">
        {changes.map((change) => (
          <li
            key={change.number}
            data-row-href={`/changes/${change.number}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2 hover:bg-hover"
          >
            <TextLink href={`/changes/${change.number}`} quiet className="min-w-0 grow basis-60">
              {change.title} <span className="font-normal text-muted">#{change.number}</span>
            </TextLink>
            <Badge>{wordsOf(change.state)}</Badge>
            <span className="text-xs text-muted">
              {change.authorName} · <Time at={change.updatedAt} now={now} show="relative" />
            </span>
          </li>
        ))}
      </ul>
    </CardBody>
  );
}
