import { z } from "zod";

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, { error: `At most ${most} characters` });
/** An empty field of a form or an address means that nothing is asked. */
const blankAsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blankAsAbsent, schema.optional());

/** Beyond these years dates are spelt in ways that the database does not read. */
const firstMoment = Date.parse("0001-01-01T00:00:00Z");
const lastMoment = Date.parse("9999-12-31T23:59:59Z");

const moment = z
  .union(
    [
      z.iso.datetime({ offset: true }),
      z.iso.date().transform((day) => `${day}T00:00:00Z`),
      z.iso.datetime({ local: true }).transform((at) => `${at}Z`),
    ],
    { error: "A date or a time in ISO 8601, for example 2026-11-22 or 2026-11-22T14:05:00Z" },
  )
  .refine(
    (at) => Date.parse(at) >= firstMoment && Date.parse(at) <= lastMoment,
    "A time in the years 1 to 9999, in UTC",
  );

const filterFields = {
  /** Id of a person, token or job. */
  actor: optional(text(200)),
  /** `change.approved`, or `change.*` for every action of a noun. */
  action: optional(z.string().regex(/^[a-z_-]+\.(\*|[a-z_.-]+)$/, { error: "Like change.approved, or change.*" })),
  /** `type:id`, for example `change:184`. */
  subject: optional(z.string().regex(/^[^:]+:.+$/, { error: "A type and an id, for example change:184" })),
  /** Slug. */
  system: optional(text(100)),
  /** Slug. */
  environment: optional(text(100)),
  /** Number of a change request. */
  change: optional(z.coerce.number({ error: "The number of a change request" }).int().positive().max(2_147_483_647)),
  /** Name of an incident as hot-patches and change requests write it, for example INC-2318. */
  incident: optional(text(200)),
  /** From this moment on, included. */
  from: optional(moment),
  /** Up to this moment, excluded. */
  to: optional(moment),
  /** Words that the event has: in its summary, reason, subject or actor. `"a phrase"`, `or` and `-without` work. */
  text: optional(text(200)),
} as const;

/** What of the log to show; all that is given must hold. */
export const AuditFilter = z.object(filterFields);
export type AuditFilter = z.output<typeof AuditFilter>;

/** A page of the log, newest first: the newest events, or what follows `after` a place in the list or stands `before` it. */
export const ListEvents = z.object({
  ...filterFields,
  after: optional(text(200)),
  before: optional(text(200)),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const ShowEvent = z.object({
  ...filterFields,
  id: z.coerce.bigint({ error: "An event has a number" }).refine((id) => id > 0n && id < 2n ** 63n, "Unknown event"),
});

export const exportFormats = ["csv", "ndjson", "ocsf"] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const ExportEvents = z.object({
  ...filterFields,
  format: z.enum(exportFormats, { error: `One of ${exportFormats.join(", ")}` }),
});

/** A size of the tree, as a number of leaves. */
const treeSize = z.coerce.number({ error: "A number of events" }).int().positive();
export const ShowConsistency = z.object({ from: treeSize, to: treeSize });
export const ExportLog = z.object({
  /** Include only these indexes up to the newest checkpoint: from here on. */
  from: z.coerce.number().int().min(0).default(0),
});

/** The addresses of the browser: the fields of a filter that are set, in a fixed order. */
export const filterNames = Object.keys(filterFields) as readonly (keyof AuditFilter)[];
