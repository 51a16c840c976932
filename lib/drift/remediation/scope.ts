import type { Scope } from "#lib/access/actor.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { environmentBySlug, systemBySlug } from "#lib/systems/store.ts";
import { ofPlaceIds } from "../scope.ts";
import { remediationByNumber } from "./store.ts";

/** The environment of a remediation that is named by its number. @throws Refusal `not_found` */
export async function ofRemediation({ tx, input }: { tx: Reader; input: { number: number } }): Promise<Scope> {
  return ofPlaceIds({ tx, input: await remediationByNumber(tx, input.number) });
}

/** The place that slugs name. @throws Refusal `not_found` */
export async function placeBySlugs(
  reader: Reader,
  names: { readonly system: string; readonly environment: string; readonly bundle: string },
): Promise<Place & { readonly systemId: string }> {
  const system = await systemBySlug(reader, names.system);
  const environment = await environmentBySlug(reader, system.id, names.environment);
  const bundle = await reader.bundle.findUnique({
    where: { systemId_slug: { systemId: system.id, slug: names.bundle } },
    select: { id: true },
  });
  if (!bundle) throw new Refusal("not_found", `${system.name} has no bundle ${names.bundle}`);
  return { systemId: system.id, environmentId: environment.id, bundleId: bundle.id };
}
