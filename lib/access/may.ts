import type { Actor, Scope } from "#lib/access/actor.ts";
import { PERMISSIONS_OF, type Permission } from "#lib/access/permissions.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** As much of an actor as permissions depend on. */
export type Holder = Pick<Actor, "kind" | "grants">;

/** What machines may never do, whatever their role: the decision of a person is the point of it. */
const PEOPLE_ONLY: readonly Permission[] = [
  "change:approve",
  "change:override",
  "hot-patch:break-glass",
  "hot-patch:review",
  "access:manage",
  "token:manage",
];

/**
 * Whether the actor holds the permission for all of the scope: a grant for one environment does not reach its system.
 * Reading is the exception: whoever may read one environment may read the system around it.
 */
export function may(actor: Holder, permission: Permission, scope: Scope = {}): boolean {
  if (actor.kind === "token" && PEOPLE_ONLY.includes(permission)) return false;
  return actor.grants.some((grant) => {
    if (!PERMISSIONS_OF[grant.role].includes(permission)) return false;
    if (permission === "own:manage") return true;
    if (grant.systemId === null) return true;
    if (grant.systemId !== scope.systemId) return false;
    if (grant.environment === null || permission === "system:read") return true;
    return grant.environment === scope.environment;
  });
}

/** Whether the actor holds the permission anywhere at all; the exact scope is checked once it is known. */
export function mayAnywhere(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "token" && PEOPLE_ONLY.includes(permission)) return false;
  return actor.grants.some((grant) => PERMISSIONS_OF[grant.role].includes(permission));
}

/** @throws Refusal `forbidden` naming the permission and the scope */
export function assertMay(actor: Actor, permission: Permission, scope: Scope = {}): void {
  if (may(actor, permission, scope)) return;
  if (actor.kind === "token" && PEOPLE_ONLY.includes(permission)) {
    throw new Refusal("forbidden", `${permission} is for people alone: no token has it, whatever its role`);
  }
  const where = scope.environment ? ` in ${scope.environment}` : scope.systemId ? " for this system" : "";
  throw new Refusal(
    "forbidden",
    `You need the permission ${permission}${where}; an administrator can grant a role that has it`,
  );
}

/** Ids of the systems that the actor may read; null: all of them. */
export function readableSystems(actor: Actor): readonly string[] | null {
  const reading = actor.grants.filter((grant) => PERMISSIONS_OF[grant.role].includes("system:read"));
  if (reading.some((grant) => grant.systemId === null)) return null;
  return [...new Set(reading.map((grant) => grant.systemId).filter((id) => id !== null))];
}
