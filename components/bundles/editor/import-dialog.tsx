"use client";

import { useState } from "react";
import type { DraftActions } from "#components/bundles/draft-answers.ts";
import type { DraftSync } from "#components/bundles/editor/use-draft-sync.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { withText } from "#lib/bundles/draft-rules.ts";
import { LIMITS } from "#lib/bundles/limits.ts";
import type { Layer, Problem } from "#lib/bundles/model.ts";

type Refused = { readonly message: string; readonly problems: readonly Problem[] };

/** Replaces one layer by a file, whole or not at all. */
export function ImportDialog({
  draftId,
  layer,
  sync,
  importText,
}: {
  readonly draftId: string;
  readonly layer: Layer;
  readonly sync: DraftSync;
  readonly importText: DraftActions["importText"];
}) {
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const take = async (file: File) => {
    setRefused(null);
    if (file.size > LIMITS.bytes) {
      return setRefused({ message: `${file.name} is larger than 1 MiB; nothing was changed`, problems: [] });
    }
    setBusy(true);
    const text = await file.text();
    const before = sync.text;
    const stored = await sync.saveNow();
    if (!stored) {
      setBusy(false);
      return setRefused({
        message: "What is on the screen could not be saved first; nothing was changed",
        problems: [],
      });
    }
    const { revision } = stored;
    const answer = await importText({ draftId, layer, text, revision });
    setBusy(false);
    switch (answer.kind) {
      case "saved":
        sync.apply({
          did: "replace",
          saved: { source: withText(before, layer, text), revision: answer.revision },
        });
        setOpen(false);
        return toast.show({
          title: `${file.name} is now the text of ${layer}`,
          tone: "ok",
          undo: () => sync.type(() => before),
        });
      case "conflict":
        sync.apply({ did: "conflict", theirs: answer.theirs });
        return setOpen(false);
      case "refused":
        return setRefused({ message: answer.message, problems: [] });
      case "unreadable":
        return setRefused({
          message: `${file.name} can't be imported; nothing was changed`,
          problems: answer.problems,
        });
    }
  };

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setRefused(null);
      }}
      trigger={{ label: "Import" }}
      size="md"
      title={`Import into ${layer}`}
      description="A YAML or JSON file replaces the whole text of this layer. It can be undone."
    >
      <label className="grid gap-1 text-sm font-medium">
        File
        <input
          type="file"
          accept=".yaml,.yml,.json,application/json,application/yaml,text/yaml"
          disabled={isBusy}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            if (file) void take(file);
          }}
          className="tap rounded-md border border-field p-1.5 text-sm font-normal file:mr-3 file:rounded-md file:border file:border-border-strong file:bg-surface file:px-2.5 file:py-1 file:text-sm file:text-text"
        />
      </label>
      {isBusy ? (
        <p role="status" className="mt-3 text-sm text-muted">
          Reading…
        </p>
      ) : null}
      {refused ? (
        <div className="mt-3">
          <Callout tone="danger" title={refused.message} announce>
            {refused.problems.length > 0 ? (
              <ul className="mt-1 grid max-h-64 gap-1 overflow-y-auto">
                {refused.problems.map((problem) => (
                  <li key={`${problem.line}:${problem.column}${problem.rule}${problem.message}`}>
                    <span className="font-mono text-xs">
                      line {problem.line ?? 1}, column {problem.column ?? 1}:
                    </span>{" "}
                    {problem.message}
                  </li>
                ))}
              </ul>
            ) : null}
          </Callout>
        </div>
      ) : null}
      <DialogActions cancelLabel="Close">{null}</DialogActions>
    </Dialog>
  );
}

/** Offers a text as a file. */
export function ExportButton({
  name,
  text,
  children,
}: {
  readonly name: string;
  readonly text: () => string;
  readonly children: string;
}) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([text()], { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
  };
  return <Button onClick={save}>{children}</Button>;
}
