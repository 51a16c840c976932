import type { Actor } from "#lib/access/actor.ts";
import { newId } from "#lib/kernel/id.ts";

/** Plumbline itself while it sets up an installation, before there is anyone to do it: an administrator of everything. */
export function bootstrapActor(now: Date): Actor {
  return {
    kind: "job",
    id: "set-up",
    name: "Set-up",
    grants: [{ role: "administrator", systemId: null, environment: null }],
    groups: [],
    channel: "script",
    address: null,
    requestId: newId(now),
  };
}
