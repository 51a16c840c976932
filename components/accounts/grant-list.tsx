import { ROLE_WORDS, reachInWords } from "#components/accounts/role-words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Role } from "#lib/access/permissions.ts";

type Shown = {
  readonly id: string;
  readonly role: Role;
  readonly system: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date | null;
  readonly isInForce: boolean;
};

/** Roles with their reach and end; with `revoke`, each can be taken back. */
export function GrantList({
  grants,
  empty,
  revoke,
}: {
  readonly grants: readonly Shown[];
  readonly empty: string;
  readonly revoke?: FormAction;
}) {
  if (grants.length === 0) return <p className="text-sm text-muted">{empty}</p>;
  return (
    <ul className="grid gap-1.5">
      {grants.map((grant) => {
        const words = `${ROLE_WORDS[grant.role].label}, ${reachInWords(grant)}`;
        return (
          <li key={grant.id} className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
            <Badge tone={grant.role === "administrator" ? "accent" : "neutral"}>{ROLE_WORDS[grant.role].label}</Badge>
            <span>{reachInWords(grant)}</span>
            {grant.expiresAt ? (
              <span className="text-muted">
                {grant.isInForce ? "until " : "ended "}
                <Time at={grant.expiresAt} precision="minute" />
              </span>
            ) : null}
            {revoke ? (
              <span className="ml-auto">
                <ConfirmDialog
                  trigger={{ label: <RevokeLabel of={words} />, size: "sm", variant: "ghost" }}
                  title="Revoke this role?"
                  description={`${words}. It ends at once, and so do the sessions of everyone it concerns.`}
                  confirmLabel="Revoke role"
                  action={revoke}
                  hidden={{ grantId: grant.id }}
                />
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function RevokeLabel({ of }: { readonly of: string }) {
  return (
    <>
      Revoke<span className="sr-only"> {of}</span>
    </>
  );
}
