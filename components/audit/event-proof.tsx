import { StatusBadge } from "#components/ui/badge.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventRow } from "#lib/audit/model.ts";

/** How far the event is on its way into what is signed, and how to check it without this server. */
export function EventProof({
  event,
  checkpoint,
}: {
  readonly event: EventRow;
  readonly checkpoint: { readonly size: number; readonly signedAt: Date } | null;
}) {
  if (event.leafIndex === null) {
    return (
      <p className="text-sm">
        <StatusBadge tone="neutral">Waits for the tree</StatusBadge> It takes its place within a second of being
        recorded.
      </p>
    );
  }
  if (!checkpoint) {
    return (
      <p className="text-sm">
        <StatusBadge tone="info">In the tree at index {event.leafIndex.toLocaleString("en")}</StatusBadge> The next
        signed checkpoint will cover it.
      </p>
    );
  }
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <StatusBadge tone="ok">Included at index {event.leafIndex.toLocaleString("en")}</StatusBadge> under the
        checkpoint of {checkpoint.size.toLocaleString("en")} events, signed <Time at={checkpoint.signedAt} />.
      </p>
      <p className="text-muted">
        The proof is a text of its own: the event, its place and the hashes that lead to the signed root. Check it with{" "}
        <code className="font-mono text-xs text-text">
          plumbline audit verify event-{event.id}.tlog-proof --key &lt;public key&gt;
        </code>
        ; the public key is on the <TextLink href="/audit/verify">integrity page</TextLink>.
      </p>
    </div>
  );
}
