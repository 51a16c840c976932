import { z } from "zod";
import type { Json } from "#lib/kernel/json.ts";
import { Page, PublicNumber, Reason, Revision, Slug } from "#lib/systems/input.ts";
import { RulesDocument } from "#lib/systems/rules-document.ts";

const Title = z
  .string({ error: "Give it a title" })
  .trim()
  .min(1, "Give it a title")
  .max(160, "Use at most 160 characters");
const Body = z
  .string({ error: "Write something" })
  .trim()
  .min(1, "Write something")
  .max(10_000, "Use at most 10,000 characters");
const JsonValue = z.json().transform((value) => value as Json);

const Proposal = z.object({
  system: Slug,
  title: Title,
  reason: Reason,
  /** The incident it answers, for example INC-42. */
  incident: z.string().trim().max(80).optional(),
  /** Keep it to oneself until `openChange`; otherwise it is open at once. */
  asDraft: z.boolean().default(false),
});

export const ProposeVersion = Proposal.extend({
  drafts: z
    .array(z.uuid({ error: "Unknown draft" }))
    .min(1, "Choose at least one draft")
    .max(50, "Choose at most 50"),
});

export const ProposePromotion = Proposal.extend({
  environment: Slug,
  versions: z
    .array(z.uuid({ error: "Unknown version" }))
    .min(1, "Choose at least one version")
    .max(50, "Choose at most 50"),
});

export const ProposeRollback = Proposal.extend({
  environment: Slug,
  /** Numbers of snapshots of this environment. */
  snapshots: z.array(PublicNumber).min(1, "Choose at least one snapshot").max(50, "Choose at most 50"),
});

export const ProposeRules = Proposal.extend({
  /** The rules that these were written on top of. */
  baseRulesId: z.uuid({ error: "Name the rules that these build on" }),
  rules: RulesDocument,
});

export const OfChange = z.object({ number: PublicNumber });
/** `revision`: the one that the caller saw; absent: whatever there is. */
export const MoveChange = OfChange.extend({ revision: Revision.optional() });
export const MoveChangeWithReason = MoveChange.extend({ reason: Reason });

/** What is left out stays as it is; content fields go with the request's kind. */
export const EditChange = MoveChange.extend({
  title: Title.optional(),
  reason: Reason.optional(),
  /** Take the texts of the drafts as they are now. */
  fromDrafts: z.boolean().optional(),
  /** Other drafts than before. */
  drafts: ProposeVersion.shape.drafts.optional(),
  versions: ProposePromotion.shape.versions.optional(),
  snapshots: ProposeRollback.shape.snapshots.optional(),
  rules: RulesDocument.optional(),
});
export type EditChangeInput = z.output<typeof EditChange>;

export const AnchorInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("request") }),
  z.object({ type: z.literal("parameter"), bundle: Slug, pointer: z.string().max(2_000) }),
  z.object({
    type: z.literal("line"),
    /** Empty: the system's rules. */
    bundle: Slug.or(z.literal("")),
    layer: Slug,
    side: z.enum(["before", "after"]),
    line: z.coerce.number().int().positive(),
    text: z.string().max(5_000),
  }),
]);

export const ReviewChange = OfChange.extend({
  verdict: z.enum(["approve", "request_changes", "comment"], { error: "Approve, request changes or comment" }),
  /** Digest of the content that the reviewer saw. */
  contentDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/, "Name the content that you saw by its digest"),
  summary: z.string().trim().max(10_000).default(""),
  comments: z
    .array(z.object({ anchor: AnchorInput, body: Body }))
    .max(200)
    .default([]),
}).refine(
  ({ verdict, summary, comments }) => (verdict === "comment" ? summary !== "" || comments.length > 0 : summary !== ""),
  {
    error: "Say in a sentence what you looked at and why you decide so",
    path: ["summary"],
  },
);

export const OfReview = OfChange.extend({ reviewId: z.uuid({ error: "Unknown review" }) });
export const DismissReview = OfReview.extend({ reason: Reason });

export const StartThread = OfChange.extend({ anchor: AnchorInput.default({ type: "request" }), body: Body });
export const OfThread = OfChange.extend({ threadId: z.uuid({ error: "Unknown thread" }) });
export const ReplyToThread = OfThread.extend({ body: Body });

const ResolutionInput = z.object({
  bundle: Slug.nullable(),
  layer: z.string().min(1).max(60),
  pointer: z.string().max(2_000),
  take: z.enum(["ours", "theirs", "value"]),
  value: JsonValue.optional(),
});
export const RebaseChange = MoveChange.extend({ resolutions: z.array(ResolutionInput).max(2_000).default([]) });

export const ScheduleChange = MoveChange.extend({ at: z.coerce.date({ error: "Give a date and time" }) });

/** Which requests a list shows: those that wait for the actor's verdict, those they wrote, or all. */
export const ListChanges = Page.extend({
  tab: z.enum(["needs_my_review", "mine", "all"]).default("all"),
  state: z
    .enum(["draft", "open", "changes_requested", "approved", "applied", "closed", "active", "any"])
    .default("active"),
  system: Slug.optional(),
  /** Words in the title. */
  q: z.string().trim().max(100).optional(),
  /** Cursor of the page before this one; `cursor` is that of the page after it. */
  newer: z.string().optional(),
});
