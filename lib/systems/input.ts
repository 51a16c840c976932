import { z } from "zod";
import { RISK_TIERS, TEMPLATES } from "#lib/systems/model.ts";
import { RulesDocument } from "#lib/systems/rules-document.ts";

/** The short name in addresses: lower-case words joined by hyphens. */
export const Slug = z
  .string({ error: "Use lower-case letters, digits and single hyphens, for example support-assistant" })
  .trim()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens, for example support-assistant")
  .max(60, "Use at most 60 characters");

export const Name = z
  .string({ error: "Give it a name" })
  .trim()
  .min(1, "Give it a name")
  .max(120, "Use at most 120 characters");

/** Why something is done; auditors read it. */
export const Reason = z
  .string({ error: "Say why, in at least 10 characters; auditors will read it" })
  .trim()
  .min(10, "Say why, in at least 10 characters; auditors will read it")
  .max(2_000, "Use at most 2,000 characters");

/** What counts rows: an identity column, or how often a row changed. PostgreSQL's integer ends here. */
const HIGHEST = 2_147_483_647;

/** The number by which people call a request, a snapshot or a deployment. */
export const PublicNumber = z.coerce
  .number({ error: "Give its number, for example 12" })
  .int("Give a whole number, for example 12")
  .positive("Numbers begin at 1")
  .max(HIGHEST, "No number is that high");

const SEEN = "Give the revision that you saw, as If-Match or revision; an earlier answer has it in its ETag";

/** The revision that the caller saw. */
export const Revision = z.coerce.number({ error: SEEN }).int(SEEN).positive(SEEN).max(HIGHEST, SEEN);

const OwningTeam = z
  .string({ error: "Name the team that answers for the system" })
  .trim()
  .min(1, "Name the team that answers for the system")
  .max(120);
const Description = z.string().trim().max(2_000, "Use at most 2,000 characters").default("");

export const CreateSystem = z.object({
  slug: Slug,
  name: Name,
  description: Description,
  owningTeam: OwningTeam,
  riskTier: z.enum(RISK_TIERS, { error: `Choose one of ${RISK_TIERS.join(", ")}` }),
  template: z.enum(TEMPLATES, { error: `Choose one of ${TEMPLATES.join(", ")}` }),
});

export const DescribeSystem = z.object({
  system: Slug,
  name: Name,
  description: Description,
  owningTeam: OwningTeam,
  riskTier: z.enum(RISK_TIERS),
  revision: Revision,
});

export const ProtectSystem = z.object({ system: Slug, reason: Reason, revision: Revision });

export const AddEnvironment = z.object({ system: Slug, slug: Slug, name: Name, revision: Revision });

export const HoldEnvironment = z.object({ system: Slug, environment: Slug, reason: Reason });

export const OfSystem = z.object({ system: Slug });

/** A page of a list: `cursor` comes from the page before. */
export const Page = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const EditRules = z.object({
  system: Slug,
  /** The version that the new one was written from. */
  baseRulesId: z.uuid({ error: "Unknown version of the rules" }),
  rules: RulesDocument,
  reason: Reason,
});

export const ListSystems = Page.extend({ q: z.string().trim().max(120).optional() });
