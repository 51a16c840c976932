import type { Actor } from "#lib/access/actor.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { defineJob } from "#lib/platform/job.ts";
import { settleChange } from "./commands/settle-change.ts";

/** Brings requests whose approvals have lapsed back before their reviewers. */
export const lapsedApprovals = defineJob({
  name: "lapsed-approvals",
  when: { everySeconds: 600 },
  run: async ({ now }) => {
    await settleApproved(now);
  },
});

/** Settles every approved request. @returns how many went back into review */
export async function settleApproved(now: Date): Promise<number> {
  const approved = await database().changeRequest.findMany({ where: { state: "approved" }, select: { number: true } });
  let count = 0;
  for (const { number } of approved) {
    try {
      await settleChange(plumbline("lapsed-approvals", now), { number }, { now });
      count += 1;
    } catch (error) {
      // The usual case: nothing has lapsed.
      if (!(error instanceof Refusal && error.code === "conflict")) throw error;
    }
  }
  return count;
}

/** Plumbline itself, at work in a job. */
export function plumbline(job: string, now: Date): Actor {
  return {
    kind: "job",
    id: job,
    name: "Plumbline",
    grants: [{ role: "administrator", systemId: null, environment: null }],
    groups: [],
    channel: "job",
    address: null,
    requestId: newId(now),
  };
}
