"use client";

import { type FormEvent, useState } from "react";
import type { DraftActions } from "#components/bundles/draft-answers.ts";
import type { DraftSync } from "#components/bundles/editor/use-draft-sync.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** Gives the draft a title. */
export function TitleDialog({
  draftId,
  title,
  sync,
  rename,
  onRenamed,
}: {
  readonly draftId: string;
  readonly title: string;
  readonly sync: DraftSync;
  readonly rename: DraftActions["rename"];
  readonly onRenamed: (title: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const next = String(new FormData(event.currentTarget).get("title") ?? "").trim();
    const stored = await sync.saveNow();
    if (!stored) return setProblem("What is on the screen could not be saved first");
    const answer = await rename({ draftId, title: next, revision: stored.revision });
    switch (answer.kind) {
      case "saved":
        sync.apply({ did: "save", saved: { ...stored, revision: answer.revision } });
        onRenamed(next);
        setProblem(undefined);
        return setOpen(false);
      case "conflict":
        sync.apply({ did: "conflict", theirs: answer.theirs });
        return setOpen(false);
      case "refused":
        return setProblem(answer.message);
    }
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={{ label: "Rename", variant: "ghost" }}
      title="Title of the draft"
    >
      <form onSubmit={send} className="grid gap-4">
        <Field label="Title" name="title" required error={problem} hint="What the change is about, in a few words">
          <Input defaultValue={title} maxLength={120} autoComplete="off" />
        </Field>
        <DialogActions>
          <Button type="submit" variant="primary">
            Save title
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
