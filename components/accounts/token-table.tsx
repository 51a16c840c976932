import { ROLE_WORDS, reachInWords } from "#components/accounts/role-words.ts";
import type { FormAction } from "#components/ui/action-state.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { ROLES } from "#lib/access/permissions.ts";
import type { TokenState } from "#lib/accounts/model.ts";

type ShownToken = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: string;
  readonly system: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly state: TokenState;
  readonly owner: { readonly id: string; readonly name: string; readonly isActive: boolean };
};

const STATE: Readonly<Record<TokenState, { readonly tone: Tone; readonly word: string }>> = {
  live: { tone: "ok", word: "Live" },
  expired: { tone: "neutral", word: "Expired" },
  revoked: { tone: "neutral", word: "Revoked" },
};

function roleLabel(text: string): string {
  const role = ROLES.find((one) => one === text);
  return role ? ROLE_WORDS[role].label : text;
}

/** The credentials of machines. */
export function TokenTable({
  tokens,
  now,
  isFiltered,
  revoke,
}: {
  readonly tokens: readonly ShownToken[];
  readonly now: Date;
  readonly isFiltered: boolean;
  readonly revoke?: FormAction;
}) {
  if (tokens.length === 0) {
    return (
      <EmptyState title={isFiltered ? "No live tokens" : "No tokens yet"} reason={isFiltered ? "filtered" : "none"}>
        A token lets a pipeline or another machine use the API, with a role of its own.
      </EmptyState>
    );
  }
  return (
    <Table label="API tokens">
      <TableHead>
        <Th>Name</Th>
        <Th>May act as</Th>
        <Th>Answers for it</Th>
        <Th>Last used</Th>
        <Th>Ends</Th>
        <Th>State</Th>
        {revoke ? <Th end>Action</Th> : null}
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <Tr key={token.id}>
            <Td phone="primary">
              <span className="font-medium">{token.name}</span>
              <code className="block font-mono text-xs text-muted">{token.prefix}…</code>
            </Td>
            <Td>
              {roleLabel(token.role)}, {reachInWords(token)}
            </Td>
            <Td>
              <TextLink quiet href={`/settings/members/${token.owner.id}`}>
                {token.owner.name}
              </TextLink>
              {token.owner.isActive ? null : <span className="text-muted"> (deactivated: it does not work)</span>}
            </Td>
            <Td>{token.lastUsedAt ? <Time at={token.lastUsedAt} now={now} show="relative" /> : "never"}</Td>
            <Td>
              <Time at={token.expiresAt} precision="minute" />
            </Td>
            <Td phone="end">
              <StatusBadge tone={STATE[token.state].tone}>{STATE[token.state].word}</StatusBadge>
            </Td>
            {revoke ? (
              <Td phone="end" end>
                {token.state === "live" ? (
                  <ConfirmDialog
                    trigger={{ label: "Revoke", size: "sm" }}
                    title={`Revoke ${token.name}?`}
                    description="Whatever uses it is refused at once. This cannot be undone; a new token can take its place."
                    confirmLabel="Revoke token"
                    action={revoke}
                    hidden={{ tokenId: token.id }}
                  />
                ) : null}
              </Td>
            ) : null}
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}
