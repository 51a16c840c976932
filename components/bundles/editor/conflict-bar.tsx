"use client";

import { useMemo, useState } from "react";
import type { Theirs } from "#components/bundles/draft-answers.ts";
import { mergeTexts, type TextMerge } from "#components/bundles/editor/merge-texts.ts";
import type { DraftSync } from "#components/bundles/editor/use-draft-sync.ts";
import { TextDiff } from "#components/diff/text-diff.tsx";
import { ValueText } from "#components/diff/value-text.tsx";
import { counted } from "#components/systems/words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { changedLayers, textOf } from "#lib/bundles/draft-rules.ts";

/** Someone else saved first: what both did, and the two ways on. Neither loses a text without a way back. */
export function ConflictBar({ sync, theirs }: { readonly sync: DraftSync; readonly theirs: Theirs }) {
  const toast = useToast();
  const [isComparing, setComparing] = useState(false);
  const merge = useMemo(
    () => mergeTexts(sync.saved.source, sync.text, theirs.source),
    [sync.saved.source, sync.text, theirs],
  );
  const saved = { source: theirs.source, revision: theirs.revision };
  const mine = sync.text;
  const takeTheirs = () => {
    sync.apply({ did: "settle", text: theirs.source, saved });
    toast.show({ title: `You have ${theirs.updatedBy}'s text now`, undo: () => sync.type(() => mine) });
  };
  const keepMine = () => {
    sync.apply({ did: "settle", text: merge.source, saved });
    toast.show({
      title: `Your changes are on top of ${theirs.updatedBy}'s`,
      undo: () => sync.type(() => theirs.source),
    });
  };
  return (
    <Callout
      tone="warn"
      announce
      title={
        <>
          {theirs.updatedBy} saved this draft at <Time at={new Date(theirs.updatedAt)} />, while you were writing
        </>
      }
      actions={
        <>
          <Button size="sm" onClick={() => setComparing(true)}>
            Compare both
          </Button>
          <Button size="sm" onClick={takeTheirs}>
            Take theirs
          </Button>
          <Button size="sm" variant="primary" onClick={keepMine}>
            Keep mine on top
          </Button>
        </>
      }
    >
      Your text is kept here; nothing was overwritten. <Outlook merge={merge} name={theirs.updatedBy} />
      <Conflicts merge={merge} />
      <Dialog
        open={isComparing}
        onOpenChange={setComparing}
        size="lg"
        title="Both texts"
        description={`Left what ${theirs.updatedBy} saved, right what is on your screen`}
      >
        {changedLayers(theirs.source, sync.text).map((layer) => (
          <section key={layer} className="mb-4 overflow-clip rounded-lg border border-border">
            <h3 className="border-b border-border px-3 py-1.5 text-sm font-semibold">{layer}</h3>
            <TextDiff
              id={`conflict-${layer}`}
              before={textOf(theirs.source, layer)}
              after={textOf(sync.text, layer)}
              beforeTitle={theirs.updatedBy}
              afterTitle="You"
            />
          </section>
        ))}
      </Dialog>
    </Callout>
  );
}

function Outlook({ merge, name }: { readonly merge: TextMerge; readonly name: string }) {
  if (merge.unmerged.length > 0) {
    return `Both of you changed ${merge.unmerged.join(", ")}, and one of the texts can't be read, so keeping yours replaces ${name}'s there.`;
  }
  if (merge.conflicts.length === 0) return "You changed different parameters: keeping yours on top keeps both.";
  return `Keeping yours on top keeps both, except ${counted(merge.conflicts.length, "parameter")} that both of you changed, where yours stands:`;
}

function Conflicts({ merge }: { readonly merge: TextMerge }) {
  if (merge.conflicts.length === 0) return null;
  return (
    <ul className="mt-1.5 grid gap-1">
      {merge.conflicts.slice(0, 8).map((conflict) => (
        <li key={`${conflict.layer}${conflict.pointer}`} className="flex flex-wrap items-baseline gap-x-2">
          <code className="font-mono text-xs">
            {conflict.layer} {conflict.pointer}
          </code>
          <span className="text-xs text-muted">theirs</span> <ValueText value={conflict.theirs} />
          <span className="text-xs text-muted">yours</span> <ValueText value={conflict.ours} />
        </li>
      ))}
      {merge.conflicts.length > 8 ? <li>and {merge.conflicts.length - 8} more</li> : null}
    </ul>
  );
}
