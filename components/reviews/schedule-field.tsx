"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { utcTime } from "#components/ui/relative-time.ts";

/** A moment, chosen on the person's own clock and shown in UTC too; the form gets it as ISO 8601 in UTC. */
export function ScheduleField({
  name,
  label,
  hint,
  initial = "",
}: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** ISO 8601. */
  readonly initial?: string;
}) {
  const [local, setLocal] = useState(() => (initial === "" ? "" : localText(new Date(initial))));
  const at = local === "" ? null : new Date(local);
  const isMoment = at !== null && !Number.isNaN(at.getTime());
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <Field label={label} name={name} required hint={hint}>
        <Input
          type="datetime-local"
          name={`${name}-local`}
          value={local}
          onChange={(event) => setLocal(event.target.value)}
        />
      </Field>
      <input type="hidden" name={name} value={isMoment ? at.toISOString() : ""} />
      <p role="status" className="-mt-2 text-xs text-muted">
        {isMoment ? `${utcTime(at, "minute")} · your clock is ${zone}` : `On your clock, ${zone}`}
      </p>
    </>
  );
}

/** What a `datetime-local` field shows for a moment, on this machine's clock. */
function localText(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
