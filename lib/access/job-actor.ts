import type { Actor } from "#lib/access/actor.ts";
import type { Role } from "#lib/access/permissions.ts";
import { newId } from "#lib/kernel/id.ts";

/** Plumbline itself, doing this work in the background, with no more than this role. */
export function jobActor(job: { readonly id: string; readonly name: string; readonly role: Role }): Actor {
  return {
    kind: "job",
    id: job.id,
    name: job.name,
    grants: [{ role: job.role, systemId: null, environment: null }],
    groups: [],
    channel: "job",
    address: null,
    requestId: newId(),
  };
}
