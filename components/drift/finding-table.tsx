"use client";

import { Eye } from "lucide-react";
import { type ReactNode, useCallback } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { createAppColumnHelper } from "#components/data-table/table-hook.ts";
import { Pointer } from "#components/diff/pointer.tsx";
import { FindingKindBadge, FindingStateBadge, SeverityBadge } from "#components/drift/badges.tsx";
import { type FindingActionSet, FindingActions, type FindingDeeds } from "#components/drift/finding-actions.tsx";
import { FindingValues } from "#components/drift/finding-values.tsx";
import { counted } from "#components/systems/words.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Time } from "#components/ui/time.tsx";
import type { FindingRow } from "#lib/drift/views.ts";

/** A finding with what its reader may do, and the time at which the page was made. */
export type ListedFinding = FindingRow & { readonly now: Date; readonly can: FindingDeeds };

const column = createAppColumnHelper<ListedFinding>();
const columns = column.columns([
  column.accessor("severity", {
    header: "Severity",
    cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} />,
    meta: { phone: "end" },
  }),
  column.accessor("summary", {
    header: "Finding",
    cell: ({ row: { original } }) => <Headline finding={original} />,
    meta: { phone: "primary", className: "min-w-64" },
  }),
  column.display({
    id: "where",
    header: "Where",
    cell: ({ row: { original } }) => (
      <>
        {original.system.name}
        <span className="block text-xs text-muted">
          {original.environment.name} · {original.bundle.name}
        </span>
      </>
    ),
    meta: { phone: "secondary", className: "min-w-40" },
  }),
  column.accessor("instances", {
    header: "Instances",
    cell: ({ row: { original } }) => (
      <>
        {original.instances.toLocaleString("en")}
        <span className="sm:hidden"> {original.instances === 1 ? "instance" : "instances"}</span>
      </>
    ),
    meta: { phone: "secondary", end: true, className: "tabular-nums" },
  }),
  column.accessor("openedAt", {
    header: "Since",
    cell: ({ row: { original } }) => <Time at={original.openedAt} now={original.now} show="relative" />,
    meta: { phone: "secondary", className: "whitespace-nowrap text-muted" },
  }),
  column.accessor("state", {
    header: "State",
    cell: ({ row: { original } }) => <State finding={original} />,
    meta: { phone: "secondary" },
  }),
]);

function Headline({ finding }: { readonly finding: ListedFinding }) {
  return (
    <>
      <TextLink quiet href={`/drift/${finding.number}`} className="line-clamp-2">
        {finding.summary} <span className="font-normal text-muted">F-{finding.number}</span>
      </TextLink>
      <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-xs text-muted">
        <FindingKindBadge kind={finding.kind} />
        {finding.pointer === "" ? null : <Pointer value={finding.pointer} />}
      </span>
    </>
  );
}

function State({ finding }: { readonly finding: ListedFinding }) {
  return (
    <>
      <FindingStateBadge state={finding.state} kind={finding.kind} title={finding.reason ?? undefined} />
      {finding.state === "acknowledged" && finding.acknowledgedBy ? (
        <span className="block text-xs text-muted">{finding.acknowledgedBy}</span>
      ) : null}
      {finding.state === "suppressed" && finding.suppressedUntil ? (
        <span className="block text-xs text-muted">
          until <Time at={finding.suppressedUntil} precision="day" />
        </span>
      ) : null}
    </>
  );
}

/** Findings, one row for each difference however many instances show it; a row unfolds to both values and what can be done. */
export function FindingTable({
  findings,
  deeds,
  empty,
  footer,
}: {
  readonly findings: readonly ListedFinding[];
  readonly deeds: FindingActionSet;
  readonly empty: ReactNode;
  readonly footer: ReactNode;
}) {
  const renderDetail = useCallback((finding: ListedFinding) => <Detail finding={finding} deeds={deeds} />, [deeds]);
  const mayTriage = findings.some((finding) => finding.can.triage);
  return (
    <DataTable
      label="Findings"
      columns={columns}
      rows={findings}
      rowHref={(finding) => `/drift/${finding.number}`}
      renderDetail={renderDetail}
      renderSelected={
        mayTriage
          ? (ids, clear) => (
              <AcknowledgeAll findings={findings.filter((one) => ids.includes(one.id))} deeds={deeds} clear={clear} />
            )
          : undefined
      }
      empty={empty}
      footer={footer}
    />
  );
}

function Detail({ finding, deeds }: { readonly finding: ListedFinding; readonly deeds: FindingActionSet }) {
  return (
    <div className="grid gap-3 px-1 py-2">
      <FindingValues values={finding.values} />
      <p className="text-xs text-muted">
        {finding.origin ? `Set by ${finding.origin}. ` : ""}
        Seen {counted(finding.confirmations, "time")} by {counted(finding.instances, "instance")}
        {finding.lastSeenAt ? (
          <>
            , last <Time at={finding.lastSeenAt} now={finding.now} show="relative" />
          </>
        ) : null}
        .
      </p>
      <div className="flex flex-wrap gap-2">
        <FindingActions finding={finding} can={finding.can} deeds={deeds} size="sm" />
      </div>
    </div>
  );
}

function AcknowledgeAll({
  findings,
  deeds,
  clear,
}: {
  readonly findings: readonly ListedFinding[];
  readonly deeds: FindingActionSet;
  readonly clear: () => void;
}) {
  const open = findings.filter((finding) => finding.state === "open" && finding.can.triage);
  return (
    <>
      {open.length > 0 ? (
        <ActionForm
          action={deeds.acknowledgeAll}
          onDone={clear}
          className="contents"
          label="Acknowledge the selected findings"
        >
          {open.map((finding) => (
            <input key={finding.number} type="hidden" name="findings" value={finding.number} />
          ))}
          <SubmitButton size="sm">
            <Eye aria-hidden />
            Acknowledge {open.length}
          </SubmitButton>
        </ActionForm>
      ) : (
        <span>None of them is open.</span>
      )}
      <Button size="sm" variant="ghost" onClick={clear}>
        Clear selection
      </Button>
    </>
  );
}
