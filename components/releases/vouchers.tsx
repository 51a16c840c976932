import { StatusBadge } from "#components/ui/badge.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { Vouchers } from "#lib/releases/model.ts";

type CheckStatus = Vouchers["checks"][number]["status"];

const TONES: Readonly<Record<CheckStatus, Tone>> = { passed: "ok", failed: "danger", pending: "info", waived: "warn" };

/** The approvals, checks and exceptions of a snapshot. */
export function VouchersView({ vouchers }: { readonly vouchers: Vouchers }) {
  const { approvals, exceptions, rollbackOf } = vouchers;
  return (
    <div className="grid gap-5 p-4 text-sm lg:grid-cols-2">
      <div className="grid content-start gap-4">
        <section aria-labelledby="vouched-approvals">
          <h3 id="vouched-approvals" className="mb-2 font-semibold">
            Approved by
          </h3>
          {approvals.length === 0 ? (
            <p className="text-muted">No approval was asked for.</p>
          ) : (
            <ul className="grid gap-2">
              {approvals.map((approval) => (
                <li key={approval.reviewerId}>
                  <span className="font-medium">{approval.reviewerName}</span>{" "}
                  <span className="text-muted">for {approval.environments.join(", ")}</span>
                  {approval.at ? (
                    <span className="text-muted">
                      {" · "}
                      <Time at={new Date(approval.at)} precision="minute" />
                    </span>
                  ) : null}
                  {approval.summary ? <span className="block text-muted">{approval.summary}</span> : null}
                </li>
              ))}
            </ul>
          )}
          <p className="mt-2 text-muted">
            Content of <TextLink href={`/changes/${vouchers.changeRequest}`}>#{vouchers.changeRequest}</TextLink>,
            proposed by {vouchers.author}
            {approvals.length > 0 ? ", which the approvals name: " : ": "}
            <Digest value={vouchers.contentDigest} />
          </p>
        </section>
        {exceptions.length > 0 ? <Exceptions exceptions={exceptions} /> : null}
        {rollbackOf === null ? null : (
          <p>
            A rollback to <TextLink href={`/snapshots/${rollbackOf}`}>snapshot S-{rollbackOf}</TextLink>.
          </p>
        )}
      </div>
      <section aria-labelledby="vouched-checks">
        <h3 id="vouched-checks" className="mb-2 font-semibold">
          Checks when it took effect
        </h3>
        <ul className="grid gap-1.5">
          {vouchers.checks.map((check) => (
            <li key={check.id} className="flex items-start gap-2">
              <StatusBadge tone={TONES[check.status]}>{check.status}</StatusBadge>
              <span>
                {check.title ?? inWords(check.id)}
                <span className="block text-xs text-muted">{check.summary}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Exceptions({ exceptions }: Pick<Vouchers, "exceptions">) {
  return (
    <section aria-labelledby="vouched-exceptions">
      <h3 id="vouched-exceptions" className="mb-2 font-semibold">
        Set aside
      </h3>
      <ul className="grid gap-2">
        {exceptions.map((one) => (
          <li key={`${one.gate}${one.item ?? ""}${one.by}${one.expiresAt}`}>
            <StatusBadge tone="warn">{inWords(one.gate)}</StatusBadge> by {one.by} until{" "}
            <Time at={new Date(one.expiresAt)} precision="minute" />
            {one.item ? <code className="block font-mono text-xs [overflow-wrap:anywhere]">{one.item}</code> : null}
            <span className="block text-muted">{one.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function inWords(id: string): string {
  return id.replaceAll("_", " ");
}
