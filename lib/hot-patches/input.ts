import { z } from "zod";
import type { Json } from "#lib/kernel/json.ts";
import { Page, PublicNumber, Reason, Slug } from "#lib/systems/input.ts";
import { HOT_PATCH_STATES, INCIDENT_LEVELS, LIMITS, REVIEW_VERDICTS } from "./model.ts";

const Incident = z
  .string({ error: "Name the incident, for example INC-42" })
  .trim()
  .min(1, "Name the incident, for example INC-42")
  .max(80, "Use at most 80 characters")
  .regex(/^\S(?:.*\S)?$/u, "Write it on one line, for example INC-42");

const Pointer = z
  .string({ error: "Name the parameter by its JSON Pointer, for example /temperature" })
  .max(2_000, "Use at most 2,000 characters");

/** A new value, or `remove: true`. */
const WantedChange = z
  .object({
    pointer: Pointer,
    value: z
      .json()
      .transform((value) => value as Json)
      .optional(),
    remove: z.boolean().optional(),
  })
  .refine(({ value, remove }) => (value !== undefined) !== (remove === true), {
    error: "Give a value, or remove: true, and not both",
  });

const Changes = z
  .array(WantedChange, { error: "Name at least one parameter and its new value" })
  .min(1, "Name at least one parameter and its new value")
  .max(LIMITS.changes, `A hot-patch changes at most ${LIMITS.changes} parameters`);

const Minutes = z.coerce
  .number({ error: "Give minutes, for example 240" })
  .int("Give whole minutes, for example 240")
  .min(1, "Give it at least 1 minute")
  .max(LIMITS.ceilingHours * 60, `No hot-patch lasts longer than ${LIMITS.ceilingHours} h`);

export const PlaceInput = z.object({
  system: Slug,
  environment: Slug,
  /** May be left out where only one bundle is deployed. */
  bundle: Slug.optional(),
});

export const FileHotPatch = PlaceInput.extend({
  incident: Incident,
  level: z.enum(INCIDENT_LEVELS, { error: `Choose one of ${INCIDENT_LEVELS.join(", ")}` }),
  reason: Reason,
  changes: Changes,
  /** Absent: what policy gives by default. */
  minutes: Minutes.optional(),
  /** Made by the client: the same filing sent twice is taken once. */
  clientKey: z.string().min(8, "Use at least 8 characters").max(100, "Use at most 100 characters").optional(),
});

/** What the form sends while one types; nothing has to be complete. */
export const PreviewHotPatch = PlaceInput.extend({
  level: z.enum(INCIDENT_LEVELS).default("sev2"),
  changes: z.array(WantedChange).max(LIMITS.changes).default([]),
  minutes: Minutes.optional(),
});

export const OfHotPatch = z.object({ number: PublicNumber });

export const ApproveHotPatch = OfHotPatch.extend({ note: z.string().trim().max(2_000).default("") });
export const EndRequest = OfHotPatch.extend({ reason: Reason });
export const ExtendHotPatch = OfHotPatch.extend({ reason: Reason, minutes: Minutes.optional() });

export const ReviewHotPatch = OfHotPatch.extend({
  verdict: z.enum(REVIEW_VERDICTS, { error: "Say whether it was sound, or object" }),
  note: z
    .string({ error: "Say in a sentence what you looked at" })
    .trim()
    .min(10, "Say in a sentence what you looked at, in at least 10 characters")
    .max(2_000, "Use at most 2,000 characters"),
});

export const DecideFollowUp = OfHotPatch.extend({ reason: Reason });
export const ReassignFollowUp = OfHotPatch.extend({
  personId: z.uuid({ error: "Choose who takes it over" }),
  reason: Reason,
});

/** `open`: requested, active, or its follow-up or review is still owed. */
export const ListHotPatches = Page.extend({
  state: z.enum([...HOT_PATCH_STATES, "open", "any"]).default("any"),
  system: Slug.optional(),
  environment: Slug.optional(),
  /** Words in the incident, the reason, or the name of who filed it. */
  q: z.string().trim().max(100).optional(),
  /** A parameter that they touch. */
  pointer: Pointer.optional(),
  /** Only those that owe a decision or a review after its time. */
  overdue: z.stringbool().or(z.boolean()).default(false),
  /** Cursor of the page before this one; `cursor` is that of the page after it. */
  newer: z.string().max(500).optional(),
});
