import { z } from "zod";
import { MoveChange, OfChange } from "#lib/reviews/input.ts";
import { Reason } from "#lib/systems/input.ts";
import { CHECKS } from "./model.ts";

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, "Name the content that you saw by its digest");
const Gate = z.enum(CHECKS, { error: `Choose one of ${CHECKS.join(", ")}` });

/** `contentDigest`: the content that the caller saw; absent: whatever there is. */
export const ApplyChange = MoveChange.extend({ contentDigest: Digest.optional() });

export const OverrideGate = OfChange.extend({
  gate: Gate,
  contentDigest: Digest,
  reason: Reason,
  expiresAt: z.coerce.date({ error: "Every exception ends: give a date and time" }),
});

export const WaiveCheck = OverrideGate.extend({
  /** Names of the places, as the check lists them. */
  items: z.array(z.string().min(1).max(2_100)).min(1, "Choose at least one place").max(500),
});

export const ApplyScheduled = OfChange.extend({ scheduledFor: z.date() });

/** What the schedule's job says of a request; no person sends these. */
export const ScheduleFailure = OfChange.extend({ scheduledFor: z.date(), note: z.string().max(2_000) });
