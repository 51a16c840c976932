import { Check, CloudOff, Ellipsis, GitMerge, OctagonAlert, Save } from "lucide-react";
import { unsavedLayers } from "#components/bundles/editor/sync.ts";
import type { DraftSync } from "#components/bundles/editor/use-draft-sync.ts";
import { StatusBadge } from "#components/ui/badge.tsx";

/** Where the text is: stored, on its way, or only in this browser. Read out when it changes. */
export function SaveState({ sync, isEditable }: { readonly sync: DraftSync; readonly isEditable: boolean }) {
  return (
    <span role="status" className="inline-flex items-center">
      {isEditable ? <Words sync={sync} /> : <StatusBadge tone="neutral">Read only</StatusBadge>}
    </span>
  );
}

function Words({ sync }: { readonly sync: DraftSync }) {
  const layers = unsavedLayers(sync);
  const where = layers.join(", ");
  const { phase } = sync;
  switch (phase.is) {
    case "saving":
      return phase.attempts > 0 ? (
        <Unreachable where={where} isKept={sync.isKept} />
      ) : (
        <StatusBadge tone="neutral" icon={Ellipsis}>
          Saving…
        </StatusBadge>
      );
    case "unreachable":
      return <Unreachable where={where} isKept={sync.isKept} />;
    case "conflict":
      return (
        <StatusBadge tone="warn" icon={GitMerge} title={`Not stored: ${where}`}>
          Saved by someone else meanwhile
        </StatusBadge>
      );
    case "refused":
      return (
        <StatusBadge tone="danger" icon={OctagonAlert} title={phase.message}>
          Not saved
        </StatusBadge>
      );
    case "idle":
      return layers.length > 0 ? (
        <StatusBadge tone="neutral" icon={Save}>
          Unsaved: {where}
        </StatusBadge>
      ) : (
        <StatusBadge tone="ok" icon={Check}>
          Saved
        </StatusBadge>
      );
  }
}

function Unreachable({ where, isKept }: { readonly where: string; readonly isKept: boolean }) {
  return (
    <StatusBadge tone="warn" icon={CloudOff} title={`Not stored: ${where}. It is tried again by itself.`}>
      {isKept ? "Server unreachable, kept in this browser" : "Server unreachable, only on this screen"}
    </StatusBadge>
  );
}
