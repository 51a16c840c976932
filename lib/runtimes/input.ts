import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { DigestText } from "#lib/releases/input.ts";
import { Page, Reason, Slug } from "#lib/systems/input.ts";
import { HEALTH_STATES } from "./model.ts";

/** What steers a terminal, or the direction of reading: in a name it makes people see another one. */
const STEERING = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]+/gu;

const short = (what: string) =>
  z
    .string({ error: `Give ${what} as text` })
    .overwrite((text) => text.replaceAll(STEERING, " "))
    .trim()
    .min(1, `Give ${what}, or leave it out`)
    .max(200, "Use at most 200 characters");

/** What a program says of its trouble may be long: a report is not refused for it, its end is not kept. */
const note = (wanted: string) =>
  z.string({ error: wanted }).trim().min(1, wanted).max(100_000, "Use at most 100,000 characters");

const Pointer = z
  .string()
  .max(2_000, "Use at most 2,000 characters")
  .regex(/^(\/([^~/]|~[01])*)*$/, "Give a JSON Pointer, for example /sampling/temperature");

const ReportedModel = z.object({
  pointer: Pointer,
  requested: short("the model that was asked for"),
  served: short("the model that the provider named").optional(),
  fingerprint: short("the provider's fingerprint").optional(),
});

const MOST_ORIGINS = 10_000;

/**
 * What a runtime says. It is the whole of what it knows: what is left out is not known, but for `document` and `origins`,
 * which come once for each digest, and `restored`, which stays until another restore was carried out.
 */
export const RuntimeReport = z
  .object({
    instance: short("the instance that reports, for example a pod's name"),
    fleet: short("the fleet, for example a deployment's name").default("default"),
    bundle: Slug.optional(),
    digest: DigestText.nullable().default(null),
    unreadable: note("Say why it could not be read").optional(),
    document: z.custom<JsonObject>((value) => isJsonObject(value as Json), "Give the document as an object").optional(),
    origins: z
      .record(Pointer, z.string().max(300, "Use at most 300 characters"))
      .refine((origins) => Object.keys(origins).length <= MOST_ORIGINS, "Give at most 10,000 origins")
      .optional(),
    models: z.array(ReportedModel).max(50, "Report at most 50 models").default([]),
    build: short("the build's id").optional(),
    health: z.enum(HEALTH_STATES).default("unknown"),
    healthNote: note("Say what is wrong, or leave it out").optional(),
    intervalSeconds: z
      .int("Give whole seconds")
      .min(5, "Report at most every 5 seconds")
      .max(3_600, "Report at least every 3,600 seconds")
      .default(30),
    client: short("what reports, for example plumbline-sdk/0.1.0").optional(),
    restored: z.uuid({ error: "Give the id of the restore as it came" }).optional(),
    stopping: z.boolean().default(false),
  })
  .superRefine((report, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (report.digest !== null && report.unreadable !== undefined)
      say("unreadable", "What has a digest was read: give digest or unreadable, not both");
    if (report.digest === null && report.unreadable === undefined && !report.stopping)
      say("digest", "Give the digest of what runs, or say in unreadable why it could not be read");
    if (report.document !== undefined && report.digest === null) say("digest", "A document comes with its digest");
  });
export type RuntimeReport = z.output<typeof RuntimeReport>;

const YesNo = z.enum(["yes", "no"], { error: "Choose yes or no" }).transform((answer) => answer === "yes");

export const ListFleets = z.object({
  system: Slug.optional(),
  environment: Slug.optional(),
  bundle: Slug.optional(),
});

export const ListRuntimes = Page.extend({
  system: Slug.optional(),
  environment: Slug.optional(),
  bundle: Slug.optional(),
  fleet: z.string().trim().max(200).optional(),
  digest: DigestText.optional(),
  health: z.enum(HEALTH_STATES).optional(),
  silent: YesNo.optional(),
});

export const OfRuntime = z.object({ runtime: z.uuid() });

export const OfObservation = z.object({ system: Slug, environment: Slug, bundle: Slug, digest: DigestText });

export const RetireRuntime = OfRuntime.extend({ reason: Reason });
