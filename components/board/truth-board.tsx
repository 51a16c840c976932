import { CircleDashed, Flame, GitPullRequest, Lock } from "lucide-react";
import { type PlaceRef, PlaceState } from "#components/board/place-state.tsx";
import { filingHref } from "#components/hot-patches/words.ts";
import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { iconButtonClass } from "#components/ui/button-class.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Link, TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BoardBundle } from "#lib/insights/board-bundle.ts";

export type BoardSystem = {
  readonly slug: string;
  readonly name: string;
  readonly owningTeam: string;
  readonly riskTier: string;
  readonly waiting: number;
  readonly cells: readonly {
    readonly environment: string;
    readonly name: string;
    readonly heldReason: string | null;
    /** Whether this person may file a hot-patch here. */
    readonly mayFile: boolean;
    readonly bundles: readonly BoardBundle[];
  }[];
};

/** Systems × environments: what each declares and what runs, since when, what differs, and what to do next. */
export function TruthBoard({ systems, now }: { readonly systems: readonly BoardSystem[]; readonly now: Date }) {
  return (
    <div className="grid gap-4">
      {systems.map((system) => (
        <Card key={system.slug} labelledBy={`board-${system.slug}`}>
          <CardHeader
            titleId={`board-${system.slug}`}
            title={
              <TextLink quiet href={`/systems/${system.slug}`}>
                {system.name}
              </TextLink>
            }
            description={`${system.owningTeam} · ${system.riskTier} risk`}
            actions={
              system.waiting > 0 ? (
                <Link
                  href={`/changes?tab=all&system=${system.slug}`}
                  className="tap inline-flex min-h-6 items-center gap-1.5 text-sm text-muted hover:text-text hover:underline"
                >
                  <GitPullRequest aria-hidden className="size-3.5" />
                  {system.waiting} open {system.waiting === 1 ? "request" : "requests"}
                </Link>
              ) : null
            }
          />
          <div className="grid divide-y divide-border lg:auto-cols-fr lg:grid-flow-col lg:divide-x lg:divide-y-0">
            {system.cells.map((cell) => (
              <section
                key={cell.environment}
                aria-label={`${system.name} in ${cell.name}`}
                className="min-w-0 px-4 py-3"
              >
                <h3 className="mb-2 flex flex-wrap items-center gap-2 text-sm">
                  <TextLink quiet href={`/systems/${system.slug}/environments/${cell.environment}`}>
                    {cell.name}
                  </TextLink>
                  {cell.heldReason ? (
                    <StatusBadge tone="warn" icon={Lock} title={cell.heldReason}>
                      On hold
                    </StatusBadge>
                  ) : null}
                  {cell.mayFile && cell.bundles.some((bundle) => bundle.declared !== null) ? (
                    <Link
                      href={filingHref({ system: system.slug, environment: cell.environment })}
                      title={`File a hot-patch in ${cell.name}`}
                      aria-label={`File a hot-patch in ${cell.name} of ${system.name}`}
                      className={iconButtonClass("ghost", "sm", "-my-1 ml-auto")}
                    >
                      <Flame aria-hidden />
                    </Link>
                  ) : null}
                </h3>
                <ul className="grid gap-3">
                  {cell.bundles.map((bundle) => (
                    <BundleState
                      key={bundle.slug}
                      place={{ system: system.slug, environment: cell.environment, bundle: bundle.slug }}
                      bundle={bundle}
                      now={now}
                      isAlone={cell.bundles.length === 1}
                    />
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </Card>
      ))}
    </div>
  );
}

function BundleState({
  place,
  bundle,
  now,
  isAlone,
}: {
  readonly place: PlaceRef;
  readonly bundle: BoardBundle;
  readonly now: Date;
  readonly isAlone: boolean;
}) {
  const { declared, running, next } = bundle;
  if (!declared) {
    return (
      <li className="grid gap-1 text-sm">
        {isAlone ? null : <span className="font-medium">{bundle.name}</span>}
        <p>
          <StatusBadge tone="neutral" icon={CircleDashed}>
            Nothing deployed
          </StatusBadge>
        </p>
        {running.instances > 0 ? <PlaceState place={place} running={running} next={null} now={now} /> : null}
      </li>
    );
  }
  return (
    <li className="grid gap-1 text-sm">
      {isAlone ? null : <span className="font-medium">{bundle.name}</span>}
      <PlaceState place={place} running={running} next={next} now={now} />
      <div className="grid gap-0.5 border-l-2 border-border pl-2 text-xs text-muted">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span>Declared</span>
          <TextLink quiet href={`/snapshots/${declared.snapshot}`}>
            {declared.semver}
          </TextLink>
          <Digest value={declared.effectiveDigest} length={8} />
          <DeploymentStateBadge state={declared.state} />
          {bundle.versionsBehind > 0 ? (
            <Badge title="Newer versions are published and not deployed here">{bundle.versionsBehind} behind</Badge>
          ) : null}
        </p>
        <p>
          <Time at={declared.since} now={now} show="relative" /> by{" "}
          <TextLink href={`/changes/${declared.change.number}`}>#{declared.change.number}</TextLink>
          {declared.approvedBy.length > 0
            ? `, approved by ${declared.approvedBy.join(", ")}`
            : ", no approval was needed"}
        </p>
      </div>
    </li>
  );
}
