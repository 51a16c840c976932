import { CircleDashed, GitPullRequest, Lock } from "lucide-react";
import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { Link, TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeclaredBundle } from "#lib/insights/declared.ts";

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
    readonly bundles: readonly DeclaredBundle[];
  }[];
};

/** Systems × environments: what each declares, since when, who approved it, and what waits. */
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
                </h3>
                <ul className="grid gap-3">
                  {cell.bundles.map((bundle) => (
                    <BundleState key={bundle.slug} bundle={bundle} now={now} isAlone={cell.bundles.length === 1} />
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
  bundle,
  now,
  isAlone,
}: {
  readonly bundle: DeclaredBundle;
  readonly now: Date;
  readonly isAlone: boolean;
}) {
  const { declared } = bundle;
  if (!declared) {
    return (
      <li className="text-sm">
        {isAlone ? null : <span className="mr-2 font-medium">{bundle.name}</span>}
        <StatusBadge tone="neutral" icon={CircleDashed}>
          Nothing deployed
        </StatusBadge>
      </li>
    );
  }
  return (
    <li className="grid gap-1 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {isAlone ? null : <span className="basis-full font-medium">{bundle.name}</span>}
        <DeploymentStateBadge state={declared.state} />
        <TextLink quiet href={`/snapshots/${declared.snapshot}`}>
          {declared.semver}
        </TextLink>
        <Digest value={declared.effectiveDigest} length={8} />
        {bundle.versionsBehind > 0 ? (
          <Badge title="Newer versions are published and not deployed here">{bundle.versionsBehind} behind</Badge>
        ) : null}
      </div>
      <p className="text-xs text-muted">
        <Time at={declared.since} now={now} show="relative" /> by{" "}
        <TextLink href={`/changes/${declared.change.number}`}>#{declared.change.number}</TextLink>
        {declared.approvedBy.length > 0
          ? `, approved by ${declared.approvedBy.join(", ")}`
          : ", no approval was needed"}
      </p>
    </li>
  );
}
