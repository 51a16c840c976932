import { command } from "#lib/command.ts";
import { apply } from "#lib/gates/applying.ts";
import { ApplyChange, ApplyScheduled } from "#lib/gates/input.ts";
import { isDue } from "#lib/gates/schedule-rules.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { lockChange } from "#lib/reviews/load.ts";
import { assertSeenRevision } from "#lib/reviews/rules.ts";

export const applyChange = command(
  {
    name: "change.apply",
    may: "change:apply",
    on: "anywhere",
    input: ApplyChange,
    summary: "Put an approved request into effect, or answer with everything that stands in its way",
    http: { method: "POST", path: "/changes/{number}/apply" },
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    assertSeenRevision(request, input.revision);
    if (input.contentDigest !== undefined && input.contentDigest !== request.contentDigest) {
      throw new Refusal("conflict", "This change was edited after you opened it; reload to see what it is now");
    }
    return apply({ tx, actor, now }, request);
  },
);

/** The same at its time; a schedule that was moved or taken away meanwhile applies nothing. */
export const applyScheduledChange = command(
  {
    name: "change.applyScheduled",
    may: "change:apply",
    on: "anywhere",
    input: ApplyScheduled,
    summary: "Put a request into effect whose scheduled time has come",
  },
  async ({ tx, actor, now, input }) => {
    const request = await lockChange(tx, input.number, actor);
    if (!isDue(request, input.scheduledFor, now)) throw new Refusal("conflict", "The schedule was changed meanwhile");
    return apply({ tx, actor, now }, request);
  },
);
