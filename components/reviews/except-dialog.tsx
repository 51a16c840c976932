"use client";

import { useState } from "react";
import type { ExceptProps } from "#components/reviews/except-button.tsx";
import { ScheduleField } from "#components/reviews/schedule-field.tsx";
import { useAnnounced } from "#components/reviews/use-announced.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { utcTime } from "#components/ui/relative-time.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** A reason and an end, and for a waiver the places; says who will be told. */
export default function ExceptDialog({
  check,
  number,
  contentDigest,
  endBy,
  action,
  open,
  onOpenChange,
}: ExceptProps & { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const done = new Set(check.exceptions.map((one) => one.item));
  const places = check.items.filter((item) => !done.has(item.item));
  const isWaiver = check.id === "dependencies" && places.length > 0;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set());
  const except = useAnnounced(action);
  const toggle = (item: string, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(item);
    else next.delete(item);
    setChosen(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={isWaiver ? "Waive the re-evaluation" : `Override: ${check.title}`}
      description="It stays visible on the request for ever, and those who were passed over are told."
    >
      <ActionForm
        action={except}
        hidden={{ number: String(number), gate: check.id, contentDigest, scope: isWaiver ? "items" : "gate" }}
        onDone={() => onOpenChange(false)}
      >
        <p className="rounded-md border border-border bg-canvas px-3 py-2 text-sm [overflow-wrap:anywhere]">
          {check.summary}
        </p>
        {isWaiver ? (
          <fieldset className="grid gap-1">
            <legend className="mb-1 flex w-full flex-wrap items-center gap-3 text-sm font-medium">
              Places that need no evaluation now
              <Button
                size="sm"
                variant="ghost"
                onClick={() =>
                  setChosen(new Set(chosen.size === places.length ? [] : places.map((place) => place.item)))
                }
              >
                {chosen.size === places.length ? "Choose none" : "Choose all"}
              </Button>
            </legend>
            <div className="max-h-60 overflow-y-auto rounded-md border border-border px-3 py-1">
              {places.map((place) => (
                <Checkbox
                  key={place.item}
                  name="items"
                  value={place.item}
                  label={place.message}
                  checked={chosen.has(place.item)}
                  onChange={(event) => toggle(place.item, event.target.checked)}
                />
              ))}
            </div>
          </fieldset>
        ) : null}
        <Field label="Reason" name="reason" required hint="At least 10 characters; auditors read it.">
          <Textarea rows={3} />
        </Field>
        <ScheduleField
          name="expiresAt"
          label="Ends"
          hint={`Every exception ends; this one at the latest ${utcTime(new Date(endBy), "minute")}.`}
          initial={endBy}
        />
        <DialogActions>
          <SubmitButton variant="danger" disabled={isWaiver && chosen.size === 0}>
            {isWaiver ? `Waive ${chosen.size === 1 ? "1 place" : `${chosen.size} places`}` : "Override the gate"}
          </SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
