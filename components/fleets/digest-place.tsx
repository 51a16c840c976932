import { CircleCheck, CircleHelp, FileX, GitCompareArrows } from "lucide-react";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Digest } from "#components/ui/digest.tsx";

/** What a digest is worth: in sync or not as the last comparison found, not compared yet, or nothing that could be read. */
export function DigestState({
  digest,
  isInSync,
  unreadable,
}: {
  readonly digest: string | null;
  readonly isInSync: boolean | null;
  readonly unreadable: string | null;
}) {
  if (digest === null) {
    return (
      <StatusBadge tone="warn" icon={FileX} title={unreadable ?? undefined}>
        Unreadable
      </StatusBadge>
    );
  }
  if (isInSync === null) {
    return (
      <StatusBadge tone="neutral" icon={CircleHelp} title="It was not compared with what is declared yet">
        Not compared
      </StatusBadge>
    );
  }
  return isInSync ? (
    <StatusBadge tone="ok" icon={CircleCheck}>
      In sync
    </StatusBadge>
  ) : (
    <StatusBadge tone="danger" icon={GitCompareArrows}>
      Drifted
    </StatusBadge>
  );
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
