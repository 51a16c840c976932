import type { Role } from "#lib/access/permissions.ts";
import { isRole } from "#lib/accounts/actors.ts";
import { isInForce } from "#lib/accounts/rules.ts";

/** A role as lists show it. */
export type ShownGrant = {
  readonly id: string;
  readonly role: Role;
  /** Slug; null: everywhere. */
  readonly system: string | null;
  readonly environment: string | null;
  readonly expiresAt: Date | null;
  readonly isInForce: boolean;
};

export const shownGrantSelect = {
  id: true,
  role: true,
  environment: true,
  expiresAt: true,
  system: { select: { slug: true } },
} as const;

type Row = {
  readonly id: string;
  readonly role: string;
  readonly environment: string | null;
  readonly expiresAt: Date | null;
  readonly system: { readonly slug: string } | null;
};

export function grantsShown(rows: readonly Row[], now: Date): readonly ShownGrant[] {
  return rows.flatMap(({ id, role, environment, expiresAt, system }) =>
    isRole(role)
      ? [{ id, role, system: system?.slug ?? null, environment, expiresAt, isInForce: isInForce({ expiresAt }, now) }]
      : [],
  );
}
