import { actorOfPerson } from "#lib/accounts/actors.ts";
import { database } from "#lib/platform/db.ts";
import type { FleetToken } from "./fleets/fleet.ts";
import { FLEETS } from "./fleets/fleets.ts";
import { makeFleetTokens } from "./fleets/tokens.ts";
import { makeOrganisation } from "./organisation.ts";
import { INES } from "./people.ts";
import { play } from "./play.ts";
import { clockFor } from "./story/clock.ts";
import { STORY } from "./story/story.ts";

export type Seeding = {
  /** The history ends here. */
  readonly now: Date;
  /** Everybody's, so that whoever tries Plumbline can be any of them. */
  readonly password: string;
  readonly onStep: (done: number, of: number) => void;
};

/**
 * Makes the demo organisation: its people, its systems and eight weeks of history, all through the commands.
 * @returns the credentials of its fleets, which are known here and never again
 */
export async function seedDemo({ now, password, onStep }: Seeding): Promise<readonly FleetToken[]> {
  const clock = clockFor(now);
  await makeOrganisation({ now: clock.momentOf("1 08:30"), password });
  await play(STORY, clock, (done) => onStep(done, STORY.length));
  // The history's notifications stay in the inboxes; nobody is to be mailed about the past.
  await database().outbox.updateMany({ where: { deliveredAt: null }, data: { deliveredAt: now } });
  const administrator = await actorOfPerson(database(), INES, { channel: "script", now });
  return makeFleetTokens(administrator, FLEETS, now);
}
