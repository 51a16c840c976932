import { HoldDialog } from "#components/releases/environment-actions.tsx";
import { AddEnvironmentDialog } from "#components/systems/add-environment-dialog.tsx";
import { EnvironmentBadge, HoldBadge } from "#components/systems/badges.tsx";
import { counted } from "#components/systems/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { PipelineStage } from "#lib/insights/system-overview.ts";

type Stage = PipelineStage & { readonly mayHold: boolean };

/** The stages of a pipeline in order, with their holds. */
export function EnvironmentList({
  system,
  stages,
  mayAdd,
  now,
  actions,
}: {
  readonly system: { readonly slug: string; readonly revision: number; readonly isProtected: boolean };
  readonly stages: readonly Stage[];
  readonly mayAdd: boolean;
  readonly now: Date;
  readonly actions: { readonly add: FormAction; readonly hold: FormAction; readonly lift: FormAction };
}) {
  return (
    <Card labelledBy="environments">
      <CardHeader
        title="Environments"
        titleId="environments"
        description={
          system.isProtected
            ? "Promotions go through them in this order. The pipeline of a protected system does not grow any more."
            : "Promotions go through them in this order"
        }
        actions={
          mayAdd && !system.isProtected ? (
            <AddEnvironmentDialog system={system.slug} revision={system.revision} action={actions.add} />
          ) : null
        }
      />
      <Table label="Environments">
        <TableHead>
          <Th>Environment</Th>
          <Th>Deployed</Th>
          <Th>Hold</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </TableHead>
        <TableBody>
          {stages.map((stage) => (
            <StageRow key={stage.slug} system={system.slug} stage={stage} now={now} actions={actions} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function StageRow({
  system,
  stage,
  now,
  actions,
}: {
  readonly system: string;
  readonly stage: Stage;
  readonly now: Date;
  readonly actions: { readonly hold: FormAction; readonly lift: FormAction };
}) {
  const deployed = stage.bundles.filter((bundle) => bundle.declared !== null).length;
  const href = `/systems/${system}/environments/${stage.slug}`;
  return (
    <Tr href={href}>
      <Td phone="primary">
        <TextLink href={href} quiet>
          <EnvironmentBadge name={stage.name} isLast={stage.isLast} />
        </TextLink>
        <span className="ml-2 font-mono text-xs text-muted">{stage.slug}</span>
      </Td>
      <Td>
        {deployed} of {counted(stage.bundles.length, "bundle")}
      </Td>
      <Td>
        {stage.heldAt === null ? (
          <StatusBadge tone="ok">Not held</StatusBadge>
        ) : (
          <>
            <HoldBadge reason={stage.heldReason ?? ""} />
            <span className="block text-xs text-muted">
              {stage.heldReason} · {stage.heldBy} · <Time at={stage.heldAt} now={now} precision="minute" show="both" />
            </span>
          </>
        )}
      </Td>
      <Td phone="end" end>
        {stage.mayHold ? (
          <HoldDialog
            place={{ system, environment: stage.slug }}
            name={stage.name}
            isHeld={stage.heldAt !== null}
            action={stage.heldAt === null ? actions.hold : actions.lift}
          />
        ) : null}
      </Td>
    </Tr>
  );
}
