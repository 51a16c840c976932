import { z } from "zod";
import { Page, PublicNumber, Reason, Revision, Slug } from "#lib/systems/input.ts";
import { REMEDIATION_STATES, REMEDIATION_TARGETS } from "./model.ts";

const digest = z
  .string({ error: "Give a digest: sha256: and 64 hexadecimal digits" })
  .regex(/^sha256:[0-9a-f]{64}$/, "Give a digest: sha256: and 64 hexadecimal digits");

export const OfRestorePlace = z.object({ system: Slug, environment: Slug, bundle: Slug });

export const StartRemediation = OfRestorePlace.extend({
  target: z.enum(REMEDIATION_TARGETS, { error: "Choose declared or last_known_good" }).default("declared"),
  reason: Reason,
  /** What runs there, and what is to run, as whoever decides has seen it. */
  expectedDigests: z.array(digest).min(1, "Say what was seen to run there").max(1_000),
  targetDigest: digest,
});

export const OneRemediation = z.object({ number: PublicNumber });

export const StopRemediation = OneRemediation.extend({ reason: Reason, revision: Revision });

export const RemedyByPolicy = z.object({ environmentId: z.uuid(), bundleId: z.uuid() });

export const AdvanceRemediation = OneRemediation.extend({ revision: Revision });

export const ListRemediations = Page.extend({
  system: Slug.optional(),
  environment: Slug.optional(),
  bundle: Slug.optional(),
  /** active: waiting, acting or quarantined · any: all of them · or one state */
  state: z.enum(["active", "any", ...REMEDIATION_STATES]).default("any"),
});
