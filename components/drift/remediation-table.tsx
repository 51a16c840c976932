import {
  CircleCheck,
  CircleSlash,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  ShieldAlert,
} from "lucide-react";
import { RemediationStop } from "#components/drift/remediation-stop.tsx";
import { counted } from "#components/systems/words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { RemediationState } from "#lib/drift/remediation/model.ts";
import type { RemediationView } from "#lib/drift/remediation/queries.ts";

const LOOK: Readonly<
  Record<RemediationState, { readonly tone: Tone; readonly icon: LucideIcon; readonly word: string }>
> = {
  waiting: { tone: "info", icon: Hourglass, word: "Waiting" },
  acting: { tone: "info", icon: LoaderCircle, word: "Acting" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Succeeded" },
  failed: { tone: "danger", icon: OctagonAlert, word: "Failed" },
  cancelled: { tone: "neutral", icon: CircleSlash, word: "Cancelled" },
  quarantined: { tone: "danger", icon: ShieldAlert, word: "Quarantined" },
};

/** The states as choices of a filter. */
export const REMEDIATION_CHOICES = [
  { value: "active", label: "Under way or quarantined" },
  ...Object.entries(LOOK).map(([value, look]) => ({ value, label: look.word })),
];

/** Attempts to bring runtimes back, newest first. */
export function RemediationTable({
  rows,
  actions,
  now,
}: {
  readonly rows: readonly RemediationView[];
  readonly actions: { readonly cancel: FormAction; readonly lift: FormAction };
  readonly now: Date;
}) {
  return (
    <Table label="Remediations">
      <TableHead>
        <Th>Remediation</Th>
        <Th>Where</Th>
        <Th>State</Th>
        <Th>What it restores</Th>
        <Th>Attempts</Th>
        <Th>Started</Th>
        <Th>
          <span className="sr-only">Actions</span>
        </Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => {
          const { tone, icon, word } = LOOK[row.state];
          return (
            <Tr key={row.number} id={`r-${row.number}`}>
              <Td phone="primary" className="max-w-80 min-w-52">
                <span className="font-medium">{row.name}</span>{" "}
                <span className="text-muted">{row.trigger === "policy" ? "by policy" : `by ${row.startedBy}`}</span>
                <span className="block text-xs text-muted [overflow-wrap:anywhere]">{row.reason}</span>
                {row.note ? <span className="block text-xs [overflow-wrap:anywhere]">{row.note}</span> : null}
              </Td>
              <Td>
                {row.system.name}
                <span className="block text-xs text-muted">
                  {row.environment.name} · {row.bundle.name}
                </span>
              </Td>
              <Td phone="end">
                <StatusBadge tone={tone} icon={icon}>
                  {word}
                </StatusBadge>
              </Td>
              <Td>
                {row.target === "declared" ? "What is declared" : "The last known-good"}
                {row.change === null ? null : (
                  <>
                    {" "}
                    by <TextLink href={`/changes/${row.change}`}>#{row.change}</TextLink>
                  </>
                )}
                <span className="block text-xs text-muted" title={row.pointers.join("\n")}>
                  {counted(row.pointers.length, "parameter")}
                </span>
              </Td>
              <Td>
                {row.attempts} of 5
                {row.nextAttemptAt && (row.state === "waiting" || row.state === "acting") ? (
                  <span className="block text-xs text-muted">
                    next{" "}
                    {row.nextAttemptAt > now ? (
                      <Time at={row.nextAttemptAt} now={now} show="relative" />
                    ) : (
                      "in a moment"
                    )}
                  </span>
                ) : null}
              </Td>
              <Td className="whitespace-nowrap text-muted">
                <Time at={row.startedAt} now={now} show="relative" />
                {row.endedAt ? (
                  <span className="block text-xs">
                    ended <Time at={row.endedAt} now={now} show="relative" />
                  </span>
                ) : null}
              </Td>
              <Td end>{row.mayStop ? <RemediationStop row={row} actions={actions} /> : null}</Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}
