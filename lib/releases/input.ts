import { z } from "zod";
import { Name, Page, PublicNumber, Reason, Revision, Slug } from "#lib/systems/input.ts";

export const DigestText = z
  .string()
  .trim()
  .regex(/^sha256:[0-9a-f]{64}$/, "Give the digest as sha256: and 64 hexadecimal digits");

export const ListDeployments = Page.extend({
  system: Slug.optional(),
  environment: Slug.optional(),
  bundle: Slug.optional(),
  state: z.enum(["pending", "verified", "partial", "failed", "superseded", "rolled_back"]).optional(),
});

export const OfDeployment = z.object({ deployment: PublicNumber });

export const VerifyDeployment = OfDeployment.extend({
  /** The digest that was seen running. */
  digest: DigestText,
  /** Where and how it was seen: a pipeline's run, a host, a dashboard. */
  evidence: z.string().trim().min(5, "Say where and how it was seen running").max(2_000),
});

/** What live runtimes were seen to make of a deployment, as the job hands it over. */
export const ObserveDeployment = OfDeployment.extend({
  state: z.enum(["verified", "partial", "failed"]),
  running: z.number().int().nonnegative(),
  live: z.number().int().positive(),
  /** What they were seen to run, authorised hot-patches included. */
  digest: DigestText,
});

export const OfSnapshot = z.object({ snapshot: PublicNumber });

export const OfEnvironment = z.object({ system: Slug, environment: Slug });

const Side = z.string().trim().min(1, "Choose what to compare").max(300);
export const Compare = z.object({ left: Side, right: Side });

const Minutes = z.coerce
  .number()
  .int()
  .min(1, "A window lasts at least a minute")
  .max(60 * 24 * 31, "A window lasts at most 31 days");

export const DefineFreezeWindow = z.object({
  name: Name,
  kind: z.enum(["allow", "deny"], { error: "Choose allow or deny" }),
  cron: z.string().trim().min(1, "Give the start as five cron fields, for example 0 18 * * 5"),
  durationMinutes: Minutes,
  timeZone: z.string().trim().min(1, "Name a time zone, for example Europe/Zurich"),
  systems: z.array(Slug).max(200).default([]),
  environments: z.array(Slug).max(50).default([]),
  reason: Reason,
  endsAt: z.coerce.date().nullable().default(null),
});

export const ChangeFreezeWindow = DefineFreezeWindow.extend({
  id: z.uuid({ error: "Unknown window" }),
  revision: Revision,
});

export const RemoveFreezeWindow = z.object({
  id: z.uuid({ error: "Unknown window" }),
  reason: Reason,
  revision: Revision,
});
