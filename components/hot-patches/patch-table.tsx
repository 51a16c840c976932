"use client";

import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { createAppColumnHelper } from "#components/data-table/table-hook.ts";
import { Pointer } from "#components/diff/pointer.tsx";
import { FollowUpBadge, LevelBadge, PhaseBadge, ReviewBadge } from "#components/hot-patches/badges.tsx";
import { PatchChanges } from "#components/hot-patches/patch-changes.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { HotPatchRow } from "#lib/hot-patches/queries/rows.ts";
import { humanDuration } from "#lib/kernel/time.ts";

/** A patch, and the time at which the page was made. */
type ListedPatch = HotPatchRow & { readonly id: string; readonly now: Date };

const SHOWN = 2;

const column = createAppColumnHelper<ListedPatch>();
const columns = column.columns([
  column.accessor("incident", {
    header: "Hot-patch",
    cell: ({ row: { original } }) => <Headline patch={original} />,
    meta: { phone: "primary", className: "min-w-56" },
  }),
  column.accessor("phase", {
    header: "State",
    cell: ({ row: { original } }) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 sm:flex-col sm:items-start">
        <PhaseBadge phase={original.phase} />
        <span className="text-xs whitespace-nowrap">
          <Duration patch={original} />
        </span>
      </span>
    ),
    meta: { phone: "full" },
  }),
  column.display({
    id: "changes",
    header: "Changes",
    cell: ({ row: { original } }) => <Changed patch={original} />,
    meta: { phone: "full", className: "min-w-40 max-w-64" },
  }),
  column.display({
    id: "where",
    header: "Where",
    cell: ({ row: { original } }) => (
      <>
        {original.system.name}
        <span className="block text-xs text-muted max-sm:inline">
          <span className="sm:hidden"> · </span>
          {original.environment.name}
        </span>
      </>
    ),
    meta: { phone: "secondary", className: "min-w-32" },
  }),
  column.accessor("filedAt", {
    header: "Filed",
    cell: ({ row: { original } }) => (
      <>
        {original.filedByName}
        <span className="block text-xs text-muted max-sm:inline">
          <span className="sm:hidden"> · </span>
          <Time at={original.filedAt} now={original.now} show="relative" />
        </span>
      </>
    ),
    meta: { phone: "secondary", className: "min-w-28" },
  }),
  column.display({
    id: "owed",
    header: "Owed",
    cell: ({ row: { original } }) => (
      <span className="flex flex-wrap gap-1">
        <FollowUpBadge followUp={original.followUp} />
        <ReviewBadge review={original.review} />
      </span>
    ),
    meta: { phone: "full" },
  }),
]);

function Headline({ patch }: { readonly patch: ListedPatch }) {
  return (
    <>
      <TextLink quiet href={`/hot-patches/${patch.number}`}>
        {patch.incident} <span className="font-normal text-muted">{patch.name}</span>
      </TextLink>{" "}
      <LevelBadge level={patch.level} />
      <span className="line-clamp-2 text-xs text-muted">{patch.reason}</span>
    </>
  );
}

function Changed({ patch }: { readonly patch: ListedPatch }) {
  const more = patch.changes.length - SHOWN;
  return (
    <>
      {patch.changes.slice(0, SHOWN).map((change) => (
        <span key={change.pointer} className="block">
          <Pointer value={change.pointer} />
        </span>
      ))}
      {more > 0 ? <span className="text-xs text-muted">and {more} more</span> : null}
    </>
  );
}

/** How much is left of what runs, how long what is over was in force. */
function Duration({ patch }: { readonly patch: ListedPatch }) {
  const { phase, expiresAt, now } = patch;
  const isRunning = phase === "in_force" || phase === "requested";
  if (isRunning) {
    const from = phase === "requested" ? patch.filedAt : (patch.activatedAt ?? patch.filedAt);
    return <Countdown until={expiresAt} now={now} from={from} label={patch.name} />;
  }
  if (patch.length === null) return <span className="text-muted">never in force</span>;
  return <span className="text-muted">for {humanDuration(patch.length)}</span>;
}

function detailOf(patch: ListedPatch) {
  return (
    <div className="grid gap-3 px-1 py-2">
      <PatchChanges changes={patch.changes} />
      {patch.endNote ? <p className="text-sm">{patch.endNote}</p> : null}
      {patch.followUp.note ? <p className="text-xs text-muted">Follow-up: {patch.followUp.note}</p> : null}
      {patch.review.note ? (
        <p className="text-xs text-muted">
          {patch.review.by} reviewed it: {patch.review.note}
        </p>
      ) : null}
    </div>
  );
}

const hrefOf = (patch: ListedPatch) => `/hot-patches/${patch.number}`;

/** The register: one row for each patch; a row unfolds to both values, and to what was said at its end. */
export function PatchTable({
  patches,
  empty,
  footer,
}: {
  readonly patches: readonly ListedPatch[];
  readonly empty: ReactNode;
  readonly footer: ReactNode;
}) {
  return (
    <DataTable
      label="Hot-patches"
      columns={columns}
      rows={patches}
      rowHref={hrefOf}
      renderDetail={detailOf}
      empty={empty}
      footer={footer}
    />
  );
}
