import { database } from "#lib/platform/db.ts";
import { makeOrganisation } from "./organisation.ts";
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

/** Makes the demo organisation: its people, its systems and eight weeks of history, all through the commands. */
export async function seedDemo({ now, password, onStep }: Seeding): Promise<void> {
  const clock = clockFor(now);
  await makeOrganisation({ now: clock.momentOf("1 08:30"), password });
  await play(STORY, clock, (done) => onStep(done, STORY.length));
  // The history's notifications stay in the inboxes; nobody is to be mailed about the past.
  await database().outbox.updateMany({ where: { deliveredAt: null }, data: { deliveredAt: now } });
}
