import { StatusBadge } from "#components/ui/badge.tsx";
import { Link } from "#components/ui/link.tsx";
import type { LogState } from "#lib/audit/queries.ts";
import { relativeTime } from "#lib/kernel/time.ts";

/** Whether the log was found whole, and what is signed of it; leads to the page that says more. */
export function IntegrityBadge({ log, now }: { readonly log: LogState; readonly now: Date }) {
  const { checkpoint } = log;
  return (
    <Link href="/audit/verify" className="inline-flex flex-wrap items-center gap-x-2.5 gap-y-1.5 hover:underline">
      <Verdict log={log} now={now} />
      <span>
        {checkpoint
          ? `${checkpoint.size.toLocaleString("en")} events signed ${relativeTime(checkpoint.signedAt, now)}`
          : "Nothing signed yet"}
      </span>
    </Link>
  );
}

function Verdict({ log: { check }, now }: { readonly log: LogState; readonly now: Date }) {
  switch (check?.state) {
    case "broken":
      return <StatusBadge tone="danger">Does not fit</StatusBadge>;
    case "sound":
      return (
        <StatusBadge tone="ok">
          {check.checked.toLocaleString("en")} events checked {relativeTime(new Date(check.updatedAt), now)}
        </StatusBadge>
      );
    case "requested":
    case "running":
      return <StatusBadge tone="info">Checking the log</StatusBadge>;
    case undefined:
      return <StatusBadge tone="neutral">Not checked yet</StatusBadge>;
  }
}
