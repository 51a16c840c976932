import type { AlertSystem } from "#components/alerts/channel-fields.tsx";
import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { listSystems } from "#lib/systems/queries.ts";

/** The systems whose channels this person may manage. */
export async function managedSystems(actor: Actor): Promise<readonly AlertSystem[]> {
  const { items } = await listSystems(actor, { limit: 200 });
  return items
    .filter(({ id }) => may(actor, "alert:manage", { systemId: id }))
    .map(({ slug, name, environments }) => ({
      slug,
      name,
      environments: environments.map((one) => ({ value: one.slug, label: one.name })),
    }));
}
