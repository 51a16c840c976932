import { ArrowDown, ArrowRight } from "lucide-react";
import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { EnvironmentBadge, HoldBadge } from "#components/systems/badges.tsx";
import { counted } from "#components/systems/words.ts";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { PipelineStage } from "#lib/insights/system-overview.ts";

/** The stages in their order, each with what every bundle declares there. */
export function PipelineStrip({
  system,
  stages,
  now,
}: {
  readonly system: string;
  readonly stages: readonly PipelineStage[];
  readonly now: Date;
}) {
  return (
    <ol aria-label="Pipeline" className="flex flex-col gap-2 lg:flex-row lg:items-stretch">
      {stages.map((stage, index) => (
        <li key={stage.slug} className="flex min-w-0 grow basis-0 flex-col items-stretch gap-2 lg:flex-row">
          {index > 0 ? (
            <span aria-hidden className="flex items-center self-center text-muted">
              <ArrowRight className="size-4 max-lg:hidden" />
              <ArrowDown className="size-4 lg:hidden" />
            </span>
          ) : null}
          <Stage system={system} stage={stage} now={now} />
        </li>
      ))}
    </ol>
  );
}

function Stage({ system, stage, now }: { readonly system: string; readonly stage: PipelineStage; readonly now: Date }) {
  return (
    <div className="min-w-0 grow overflow-clip rounded-lg border border-border bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-border px-3.5 py-2">
        <TextLink href={`/systems/${system}/environments/${stage.slug}`} quiet>
          <EnvironmentBadge name={stage.name} isLast={stage.isLast} />
        </TextLink>
        {stage.heldReason === null ? null : <HoldBadge reason={stage.heldReason} />}
      </div>
      {stage.heldReason === null ? null : (
        <p className="border-b border-border px-3.5 py-1.5 text-xs text-muted">
          {stage.heldReason}
          {stage.heldBy ? ` (${stage.heldBy})` : ""}
        </p>
      )}
      {stage.bundles.length === 0 ? <p className="px-3.5 py-3 text-sm text-muted">No bundle yet</p> : null}
      <ul className="divide-y divide-border">
        {stage.bundles.map((bundle) => (
          <li key={bundle.slug} className="px-3.5 py-2.5 text-sm">
            <StageBundle system={system} bundle={bundle} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function StageBundle({
  system,
  bundle,
  now,
}: {
  readonly system: string;
  readonly bundle: PipelineStage["bundles"][number];
  readonly now: Date;
}) {
  const { declared } = bundle;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <TextLink href={`/systems/${system}/bundles/${bundle.slug}`} quiet>
          {bundle.name}
        </TextLink>
        {declared ? (
          <TextLink href={`/versions/${declared.versionId}`} className="font-mono text-xs">
            {declared.semver}
          </TextLink>
        ) : null}
        {declared ? <DeploymentStateBadge state={declared.state} /> : null}
      </div>
      {declared ? (
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-muted">
          <Digest value={declared.effectiveDigest} label="Copy digest of the effective configuration" />
          <span>
            since <Time at={declared.since} now={now} precision="minute" show="both" />
          </span>
          <TextLink href={`/changes/${declared.change.number}`} title={declared.change.title}>
            #{declared.change.number}
          </TextLink>
          {bundle.versionsBehind > 0 ? <span>{counted(bundle.versionsBehind, "newer version")}</span> : null}
        </p>
      ) : (
        <p className="mt-1 text-xs text-muted">Nothing was deployed here yet</p>
      )}
    </>
  );
}
