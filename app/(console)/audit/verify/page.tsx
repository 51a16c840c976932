import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { LogCheckCard } from "#components/audit/log-check-card.tsx";
import { LogStateCard, OfflineCard } from "#components/audit/log-state-card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may, mayAnywhere } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { showLogState } from "#lib/audit/queries.ts";
import { startCheck } from "../actions.ts";

export const metadata: Metadata = { title: "Integrity of the audit trail" };

export default async function VerifyPage() {
  const actor = await requireActor();
  if (!mayAnywhere(actor, "audit:read")) forbidden();
  const log = await showLogState(actor, {});
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Audit trail", href: "/audit" }]}
        title="Integrity of the audit trail"
        meta="Every event is a leaf of a Merkle tree (RFC 9162), whose size and root are signed."
      />
      <div className="grid gap-4">
        <LogCheckCard check={log.check} start={may(actor, "audit:read") ? startCheck : null} now={new Date()} />
        <LogStateCard log={log} />
        <OfflineCard vkey={log.keys.at(-1) ?? null} />
      </div>
    </>
  );
}
