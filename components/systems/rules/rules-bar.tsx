"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { RulesChangeList } from "#components/systems/rules/change-list.tsx";
import { takenBack } from "#components/systems/rules/rules-changes.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { counted } from "#components/systems/words.ts";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import { toRoute } from "#components/ui/route.ts";
import { useToast } from "#components/ui/toast.tsx";

/** What of the rules is changed and not yet saved, listed, each with its way back; and the way on. */
export function RulesBar() {
  const draft = useRulesDraft();
  const toast = useToast();
  const { changes, rules, mayWrite, isProtected, system, moved } = draft;
  if (changes.length === 0) {
    return (
      <p className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        Version {draft.current.sequence} of the rules is in force.
        {mayWrite
          ? isProtected
            ? " Changes here are proposed as a change request."
            : " Changes here are collected, and saved together."
          : " You can read them; changing them takes another role."}
        <LinkButton href={`/systems/${system}/document`} size="sm" variant="ghost">
          As one document
        </LinkButton>
      </p>
    );
  }
  const discard = () => {
    draft.clear();
    toast.show({ title: "The changes of the rules are dropped", undo: () => draft.write(rules) });
  };
  return (
    <Card className="mb-4 border-accent-border!">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2.5">
        <span role="status" className="grow font-semibold">
          {counted(changes.length, "unsaved change")} of the rules
        </span>
        <Button size="sm" variant="ghost" onClick={discard}>
          Drop all
        </Button>
        <LinkButton href={`/systems/${system}/document`} size="sm">
          As one document
        </LinkButton>
        <SaveDialog />
      </div>
      {moved ? (
        <div className="px-4 pb-2">
          <Callout tone="warn" title="The rules changed while you were writing">
            Your changes are on top of version {draft.current.sequence} now.
            {moved.conflicts > 0
              ? ` ${counted(moved.conflicts, "place")} were changed by both; yours stand. Look at them below.`
              : ""}
          </Callout>
        </div>
      ) : null}
      <RulesChangeList changes={changes} onTakeBack={(change) => draft.write(takenBack(rules, change))} />
    </Card>
  );
}

function SaveDialog() {
  const { system, current, rules, isProtected, actions, clear } = useRulesDraft();
  const router = useRouter();
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, start] = useTransition();
  const [refused, setRefused] = useState<{
    readonly message: string;
    readonly fields: Readonly<Record<string, readonly string[]>>;
  } | null>(null);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const written = { system, baseRulesId: current.id, rules, reason: String(form.get("reason") ?? "") };
    start(async () => {
      const answer = isProtected
        ? await actions.propose({ ...written, title: String(form.get("title") ?? "") })
        : await actions.save(written);
      if (answer.kind === "refused") return setRefused(answer);
      setOpen(false);
      clear();
      if (answer.href) router.push(toRoute(answer.href));
      else toast.show({ title: "The rules are in force", tone: "ok" });
    });
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setRefused(null);
      }}
      trigger={{ label: isProtected ? "Propose change request" : "Save the rules", variant: "primary", size: "sm" }}
      title={isProtected ? "Propose these rules" : "Save the rules"}
      description={
        isProtected
          ? "The system is protected: the new rules take effect once the request is approved and applied."
          : "They take effect at once, for every draft, request and deployment from now on."
      }
    >
      <form onSubmit={send} className="grid gap-4">
        {refused ? <FormError>{refused.message}</FormError> : null}
        {isProtected ? (
          <Field label="Title" name="title" required error={refused?.fields.title?.join(" ")}>
            <Input maxLength={160} autoComplete="off" />
          </Field>
        ) : null}
        <Field
          label="Reason"
          name="reason"
          required
          hint="Auditors will read it; at least 10 characters"
          error={refused?.fields.reason?.join(" ")}
        >
          <Textarea rows={3} />
        </Field>
        <DialogActions>
          <Button type="submit" variant="primary" disabled={isBusy}>
            {isProtected ? "Propose change request" : "Save the rules"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
