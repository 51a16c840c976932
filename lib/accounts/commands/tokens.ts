import { CreateToken, RevokeToken } from "#lib/accounts/input.ts";
import { grantInWords, tokenEnd } from "#lib/accounts/rules.ts";
import { newTokenSecret, tokenHash } from "#lib/accounts/secret.ts";
import { findReach } from "#lib/accounts/store/grants.ts";
import { insertToken, loadToken, revokeTokenRow } from "#lib/accounts/store/tokens.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Makes a credential for a machine. The answer holds its secret, once; afterwards only the hash is known. */
export const createToken = command(
  {
    name: "token.create",
    may: "token:manage",
    on: async ({ tx, input }) => {
      const { systemId, environment } = await findReach(tx, input);
      return { systemId: systemId ?? undefined, environment: environment ?? undefined };
    },
    input: CreateToken,
    summary: "Make an API token for a machine; the answer is the only time its secret is shown",
    http: { method: "POST", path: "/tokens" },
    holdsSecret: true,
  },
  async ({ tx, actor, now, input }) => {
    if (actor.kind !== "person") throw new Refusal("forbidden", "A token has a person who answers for it");
    const { system, ...reach } = await findReach(tx, input);
    const secret = newTokenSecret();
    const prefix = secret.slice(0, 10);
    const expiresAt = tokenEnd(input.days, now);
    const id = await insertToken(
      tx,
      { ...reach, name: input.name, role: input.role, prefix, hash: tokenHash(secret), ownerId: actor.id, expiresAt },
      now,
    );
    const words = grantInWords({ role: input.role, system, environment: reach.environment });
    return {
      result: { id, secret, expiresAt },
      audit: [
        {
          action: "token.created",
          subject: { type: "token", id },
          summary: `Made the token ${input.name} (${prefix}…), ${words}`,
          systemId: reach.systemId ?? undefined,
          environment: reach.environment ?? undefined,
          detail: { name: input.name, prefix, role: input.role, ...reach, expiresAt: expiresAt.toISOString() },
        },
      ],
    };
  },
);

/** Ends a token at once. */
export const revokeToken = command(
  {
    name: "token.revoke",
    may: "token:manage",
    on: async ({ tx, input }) => {
      const { systemId, environment } = await loadToken(tx, input.tokenId);
      return { systemId: systemId ?? undefined, environment: environment ?? undefined };
    },
    input: RevokeToken,
    summary: "End an API token at once",
    http: { method: "DELETE", path: "/tokens/{tokenId}" },
  },
  async ({ tx, now, input }) => {
    const token = await loadToken(tx, input.tokenId);
    await revokeTokenRow(tx, token.id, now);
    return {
      result: { id: token.id },
      audit: [
        {
          action: "token.revoked",
          subject: { type: "token", id: token.id },
          summary: `Revoked the token ${token.name} (${token.prefix}…)`,
          systemId: token.systemId ?? undefined,
          environment: token.environment ?? undefined,
          detail: { changes: [{ pointer: "/revokedAt", after: now.toISOString() }] },
        },
      ],
    };
  },
);
