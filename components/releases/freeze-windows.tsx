"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { RadioGroup } from "#components/ui/choice.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";

export type FreezeWindowRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: "allow" | "deny";
  readonly cron: string;
  readonly durationMinutes: number;
  /** In words. */
  readonly duration: string;
  readonly timeZone: string;
  readonly systems: readonly string[];
  readonly environments: readonly string[];
  readonly reason: string;
  /** ISO 8601, or null for no end. */
  readonly endsAt: string | null;
  readonly revision: number;
  /** Until when it is open now; null when it is not. */
  readonly openUntil: string | null;
};

type Choices = readonly { readonly value: string; readonly label: string }[];
type Options = { readonly systems: Choices; readonly environments: Choices };

/** The freeze windows, and for those who may, their forms. */
export function FreezeWindows({
  rows,
  options,
  mayManage,
  save,
  remove,
}: {
  readonly rows: readonly FreezeWindowRow[];
  readonly options: Options;
  readonly mayManage: boolean;
  readonly save: FormAction;
  readonly remove: FormAction;
}) {
  if (rows.length === 0) {
    return (
      <EmptyState title="No freeze window is defined">
        Changes may take effect at any time. Define a window to keep them out of a weekend, or inside working hours.
      </EmptyState>
    );
  }
  return (
    <Table label="Freeze windows">
      <TableHead>
        <Th>Window</Th>
        <Th>Now</Th>
        <Th>Opens</Th>
        <Th>Lasts</Th>
        <Th>Where</Th>
        {mayManage ? (
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        ) : null}
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td phone="primary">
              <span className="font-medium">{row.name}</span>
              <span className="block max-w-96 text-xs text-muted">{row.reason}</span>
            </Td>
            <Td phone="end">
              <OpenBadge row={row} />
            </Td>
            <Td>
              <code className="font-mono text-xs">{row.cron}</code>
              <span className="block text-xs text-muted">{row.timeZone}</span>
            </Td>
            <Td>
              {row.duration}
              {row.endsAt ? <span className="block text-xs text-muted">until {row.endsAt.slice(0, 10)}</span> : null}
            </Td>
            <Td>
              {row.systems.length > 0 ? row.systems.join(", ") : "every system"}
              <span className="block text-xs text-muted">
                {row.environments.length > 0 ? row.environments.join(", ") : "every environment"}
              </span>
            </Td>
            {mayManage ? (
              <Td>
                <span className="flex gap-2">
                  <FreezeWindowDialog row={row} options={options} action={save} />
                  <ConfirmDialog
                    trigger={{ label: "Remove", size: "sm", variant: "ghost" }}
                    title={`Remove ${row.name}`}
                    description="Changes are no longer kept out, or in, by this window."
                    confirmLabel="Remove"
                    isDangerous
                    action={remove}
                    hidden={{ id: row.id, revision: String(row.revision) }}
                  >
                    <Field label="Reason" name="reason" required>
                      <Textarea rows={2} />
                    </Field>
                  </ConfirmDialog>
                </span>
              </Td>
            ) : null}
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

function OpenBadge({ row }: { readonly row: FreezeWindowRow }) {
  const until = row.openUntil ? `until ${row.openUntil.slice(0, 16).replace("T", " ")} UTC` : undefined;
  if (row.kind === "deny") {
    return until ? (
      <StatusBadge tone="danger" title={until}>
        Frozen
      </StatusBadge>
    ) : (
      <StatusBadge tone="neutral">Denies, not now</StatusBadge>
    );
  }
  return until ? (
    <StatusBadge tone="ok" title={until}>
      Allowed
    </StatusBadge>
  ) : (
    <StatusBadge tone="warn">Allows, not now</StatusBadge>
  );
}

/** Defines a window, or changes one. */
export function FreezeWindowDialog({
  row,
  options,
  action,
}: {
  readonly row?: FreezeWindowRow;
  readonly options: Options;
  readonly action: FormAction;
}) {
  const [isOpen, setOpen] = useState(false);
  const hidden: Record<string, string> = row ? { id: row.id, revision: String(row.revision) } : {};
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      size="md"
      trigger={row ? { label: "Change", size: "sm" } : { label: "Define window", variant: "primary" }}
      title={row ? `Change ${row.name}` : "Define a freeze window"}
      description="Deny wins over allow. Where a window allows, changes take effect only inside it."
    >
      <ActionForm action={action} hidden={hidden} onDone={() => setOpen(false)}>
        <Field label="Name" name="name" required>
          <Input defaultValue={row?.name} />
        </Field>
        <RadioGroup
          legend="Inside the window"
          name="kind"
          defaultValue={row?.kind ?? "deny"}
          options={[
            { value: "deny", label: "No change takes effect" },
            { value: "allow", label: "Changes may take effect, and only then" },
          ]}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Opens (cron)" name="cron" required hint="0 18 * * 5: Fridays at 18:00">
            <Input mono defaultValue={row?.cron} />
          </Field>
          <Field label="Lasts, in minutes" name="durationMinutes" required hint="3720: 62 hours">
            <Input inputMode="numeric" defaultValue={row?.durationMinutes} />
          </Field>
          <Field label="Time zone" name="timeZone" required>
            <Input defaultValue={row?.timeZone ?? "UTC"} />
          </Field>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Systems" hint="None chosen: every system">
            <MultiSelect name="systems" label="Systems" options={options.systems} defaultValues={row?.systems} />
          </Field>
          <Field label="Environments" hint="None chosen: every environment">
            <MultiSelect
              name="environments"
              label="Environments"
              options={options.environments}
              defaultValues={row?.environments}
            />
          </Field>
        </div>
        <Field label="Ends on (UTC)" name="endsAt" optional hint="After this the window no longer counts.">
          <Input type="datetime-local" defaultValue={row?.endsAt?.slice(0, 16)} />
        </Field>
        <Field
          label="Reason"
          name="reason"
          required
          hint="Recorded in the audit trail, and shown to whoever is kept out."
        >
          <Textarea rows={2} defaultValue={row?.reason} />
        </Field>
        <DialogActions>
          <SubmitButton>Save</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
