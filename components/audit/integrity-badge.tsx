import { StatusBadge } from "#components/ui/badge.tsx";
import { Link } from "#components/ui/link.tsx";
import type { LogState } from "#lib/audit/queries.ts";
import { relativeTime } from "#lib/kernel/time.ts";

/** Whether the log was found whole, and what is signed of it; leads to the page that says more. */
export function IntegrityBadge({ log, now }: { readonly log: LogState; readonly now: Date }) {
  return (
    <Link href="/audit/verify" className="rounded-full hover:underline">
      <Verdict log={log} now={now} />
    </Link>
  );
}

function Verdict({ log: { check, checkpoint }, now }: { readonly log: LogState; readonly now: Date }) {
  const signed = checkpoint
    ? `${checkpoint.size.toLocaleString("en")} events signed ${relativeTime(checkpoint.signedAt, now)}`
    : "nothing signed yet";
  switch (check?.state) {
    case "broken":
      return <StatusBadge tone="danger">Does not fit: {check.misfit?.problem ?? "see the check"}</StatusBadge>;
    case "sound":
      return (
        <StatusBadge tone="ok">
          {check.checked.toLocaleString("en")} events checked {relativeTime(new Date(check.updatedAt), now)} · {signed}
        </StatusBadge>
      );
    case "requested":
    case "running":
      return <StatusBadge tone="info">Checking the log · {signed}</StatusBadge>;
    case undefined:
      return <StatusBadge tone="neutral">Not checked yet · {signed}</StatusBadge>;
  }
}
