import type { Actor } from "#lib/access/actor.ts";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import type { DemoFleet, FleetToken } from "./fleet.ts";

/** A runtime's credential for every environment in which one of the fleets runs. */
export async function makeFleetTokens(
  administrator: Actor,
  fleets: readonly DemoFleet[],
  now: Date,
): Promise<readonly FleetToken[]> {
  const places = new Map(
    fleets.map(({ system, environment }) => [`${system}/${environment}`, { system, environment }]),
  );
  const tokens: FleetToken[] = [];
  for (const [name, place] of places) {
    const wish = { ...place, name: `Runtimes of ${name}`, role: "runtime", days: 365 };
    const { secret } = await createToken(administrator, wish, { now });
    tokens.push({ ...place, secret });
  }
  return tokens;
}
