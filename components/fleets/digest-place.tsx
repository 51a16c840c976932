import { CircleHelp, FileX } from "lucide-react";
import { SyncBadge } from "#components/drift/badges.tsx";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Digest } from "#components/ui/digest.tsx";
import type { SyncState } from "#lib/runtimes/model.ts";

/** What a digest is worth: as the last comparison found, not compared yet, or nothing that could be read. */
export function DigestState({
  digest,
  sync,
  unreadable,
}: {
  readonly digest: string | null;
  readonly sync: SyncState | null;
  readonly unreadable: string | null;
}) {
  if (digest === null) {
    return (
      <StatusBadge tone="warn" icon={FileX} title={unreadable ?? undefined}>
        Unreadable
      </StatusBadge>
    );
  }
  if (sync === null) {
    return (
      <StatusBadge tone="neutral" icon={CircleHelp} title="It was not compared with what is declared yet">
        Not compared
      </StatusBadge>
    );
  }
  return <SyncBadge sync={sync} />;
}

/** A digest, or why there is none. */
export function RunningDigest({
  digest,
  unreadable,
}: {
  readonly digest: string | null;
  readonly unreadable: string | null;
}) {
  if (digest !== null) return <Digest value={digest} length={8} />;
  return <span className="line-clamp-2 text-xs text-muted">{unreadable ?? "could not be read"}</span>;
}
