"use client";

import { CalendarRange } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { useUrlParams } from "#components/ui/filters.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";

const hour = 3_600_000;
const presets = [
  { label: "Last hour", length: hour },
  { label: "Last 24 hours", length: 24 * hour },
  { label: "Last 7 days", length: 7 * 24 * hour },
  { label: "Last 30 days", length: 30 * 24 * hour },
] as const;

/** The minutes of a moment, as the browser's own control takes them. In UTC, like every time of the log. */
function minutesOf(moment: string): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 16);
}

/** From when to when, in the address. A preset is written as the moment at which it begins, so that a shared link stays true. */
export function TimeRange({ from = "", to = "" }: { readonly from?: string; readonly to?: string }) {
  const { write } = useUrlParams();
  const [start, setStart] = useState(minutesOf(from));
  const [end, setEnd] = useState(minutesOf(to));
  const isSet = from !== "" || to !== "";
  const moment = (minutes: string) => (minutes === "" ? "" : `${minutes}:00Z`);
  return (
    <Popover
      title="Time range, in UTC"
      trigger={
        <>
          <CalendarRange aria-hidden />
          {isSet ? "Time range set" : "Any time"}
        </>
      }
    >
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-1.5">
          {presets.map(({ label, length }) => (
            <Button
              key={label}
              size="sm"
              onClick={() =>
                write({ from: new Date(Date.now() - length).toISOString().slice(0, 19).concat("Z"), to: "" })
              }
            >
              {label}
            </Button>
          ))}
        </div>
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            write({ from: moment(start), to: moment(end) });
          }}
        >
          <Field label="From">
            <Input type="datetime-local" value={start} onChange={(event) => setStart(event.target.value)} />
          </Field>
          <Field label="Until">
            <Input type="datetime-local" value={end} onChange={(event) => setEnd(event.target.value)} />
          </Field>
          <Button type="submit" variant="primary">
            Show
          </Button>
        </form>
      </div>
    </Popover>
  );
}
