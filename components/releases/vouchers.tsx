import { StatusBadge } from "#components/ui/badge.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { Check, CheckStatus } from "#lib/gates/model.ts";

/** All that vouched for a deployment, as it was captured with its snapshot. */
export type Vouchers = {
  readonly changeRequest?: { readonly number: number; readonly title: string };
  readonly approvals?: readonly { readonly by: string; readonly at: string; readonly summary?: string }[];
  readonly checks?: readonly Pick<Check, "id" | "title" | "status" | "summary">[];
  readonly exceptions?: readonly {
    readonly gate: string;
    readonly by: string;
    readonly reason: string;
    readonly expiresAt: string;
  }[];
  readonly actor?: string;
  readonly software?: string;
  readonly rollbackOf?: number | null;
};

const TONES: Readonly<Record<CheckStatus, Tone>> = { passed: "ok", failed: "danger", pending: "info", waived: "warn" };

/** The approvals, checks and exceptions of a snapshot. */
export function VouchersView({ vouchers }: { readonly vouchers: Vouchers }) {
  const { approvals = [], checks = [], exceptions = [] } = vouchers;
  return (
    <div className="grid gap-5 p-4 text-sm lg:grid-cols-2">
      <section aria-labelledby="vouched-approvals">
        <h3 id="vouched-approvals" className="mb-2 font-semibold">
          Approved by
        </h3>
        {approvals.length === 0 ? (
          <p className="text-muted">No approval was asked for.</p>
        ) : (
          <ul className="grid gap-2">
            {approvals.map((approval) => (
              <li key={`${approval.by}${approval.at}`}>
                <span className="font-medium">{approval.by}</span>{" "}
                <span className="text-muted">{approval.at.slice(0, 16).replace("T", " ")} UTC</span>
                {approval.summary ? <span className="block text-muted">{approval.summary}</span> : null}
              </li>
            ))}
          </ul>
        )}
        {exceptions.length > 0 ? (
          <>
            <h3 className="mt-4 mb-2 font-semibold">Set aside</h3>
            <ul className="grid gap-2">
              {exceptions.map((one) => (
                <li key={`${one.gate}${one.by}${one.expiresAt}`}>
                  <StatusBadge tone="warn">{one.gate.replaceAll("_", " ")}</StatusBadge> by {one.by}
                  <span className="block text-muted">{one.reason}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {vouchers.rollbackOf ? (
          <p className="mt-4">
            A rollback to{" "}
            <TextLink href={`/snapshots/${vouchers.rollbackOf}`}>snapshot S-{vouchers.rollbackOf}</TextLink>.
          </p>
        ) : null}
      </section>
      <section aria-labelledby="vouched-checks">
        <h3 id="vouched-checks" className="mb-2 font-semibold">
          Checks when it took effect
        </h3>
        <ul className="grid gap-1.5">
          {checks.map((check) => (
            <li key={check.id} className="flex items-start gap-2">
              <StatusBadge tone={TONES[check.status]}>{check.status}</StatusBadge>
              <span>
                {check.title}
                <span className="block text-xs text-muted">{check.summary}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
