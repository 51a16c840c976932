"use client";

import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import {
  type EntryOf,
  entriesOf,
  keyIn,
  type RulesList,
  withEntry,
  withoutEntry,
} from "#components/systems/rules/rules-changes.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import type { ActionState } from "#components/ui/action-state.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { FormStateContext } from "#components/ui/form-context.ts";
import { FormError } from "#components/ui/form-error.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { Rules } from "#lib/systems/model.ts";

/** A form's answer: the entry that it says, or what can't be read, by field. */
export type ReadEntry<T> = { readonly entry: T } | { readonly fields: NonNullable<ActionState["fields"]> };

/**
 * Adds, changes or removes one entry of the rules in the draft. The server looks at the whole before it is taken over, so
 * that what is collected can be saved.
 */
export function EntryDialog<L extends RulesList>({
  list,
  entry,
  noun,
  isOpen,
  onClose,
  read,
  children,
}: {
  readonly list: L;
  /** Null: a new one. */
  readonly entry: EntryOf[L] | null;
  readonly noun: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly read: (form: FormData) => ReadEntry<EntryOf[L]>;
  readonly children: ReactNode;
}) {
  const { rules, mayWrite, write, actions, system } = useRulesDraft();
  const toast = useToast();
  const [state, setState] = useState<ActionState>({});
  const [isBusy, start] = useTransition();
  const key = entry === null ? null : keyIn(list, entry);

  const close = () => {
    setState({});
    onClose();
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = read(new FormData(event.currentTarget));
    if ("fields" in found) return setState({ ok: false, message: "Mend what is marked below", fields: found.fields });
    const next = withEntry(rules, list, { key, entry: found.entry });
    start(async () => {
      const answer = await actions.check({ system, rules: next });
      if (answer.kind === "refused") return setState({ ok: false, message: answer.message });
      const fields = errorsAt(answer.problems, next, { list, entry: found.entry });
      if (Object.keys(fields).length > 0) {
        return setState({ ok: false, message: Object.values(fields)[0]?.[0], fields });
      }
      write(next);
      close();
    });
  };
  const remove = () => {
    if (key === null) return;
    write(withoutEntry(rules, list, key));
    toast.show({ title: `${noun} taken out of the rules`, undo: () => write(rules) });
    close();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) close();
      }}
      size="lg"
      title={entry === null ? `Add a ${noun.toLowerCase()}` : noun}
      description={
        key === null ? undefined : (
          <span className="inline-flex items-center gap-1">
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{key}</code>
            <CopyButton link={`?open=${encodeURIComponent(key)}`} label="Copy link to this entry" />
          </span>
        )
      }
    >
      <form onSubmit={send} className="grid gap-4" noValidate>
        {state.ok === false ? <FormError>{state.message}</FormError> : null}
        <FormStateContext value={state}>
          <fieldset disabled={!mayWrite} className="grid gap-4">
            {children}
          </fieldset>
        </FormStateContext>
        <DialogActions cancelLabel={mayWrite ? "Cancel" : "Close"}>
          {mayWrite && key !== null ? (
            <Button variant="ghost" onClick={remove} className="mr-auto">
              Remove
            </Button>
          ) : null}
          {mayWrite ? (
            <Button type="submit" variant="primary" disabled={isBusy}>
              {isBusy ? "Checking…" : entry === null ? "Add to the changes" : "Keep the change"}
            </Button>
          ) : null}
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The errors of one entry by field; errors elsewhere were there before and are shown where they are. */
function errorsAt<L extends RulesList>(
  problems: readonly { readonly path: string; readonly severity: string; readonly message: string }[],
  rules: Rules,
  { list, entry }: { readonly list: L; readonly entry: EntryOf[L] },
): Record<string, string[]> {
  const index = entriesOf(rules, list).indexOf(entry);
  const at = `${list}.${index}`;
  const fields: Record<string, string[]> = {};
  for (const { path, severity, message } of problems) {
    if (severity !== "error" || (path !== at && !path.startsWith(`${at}.`))) continue;
    const field = path.slice(at.length + 1).split(".")[0] || "entry";
    fields[field] = [...(fields[field] ?? []), message];
  }
  return fields;
}
