import { z } from "zod";
import { PARAMETER_KINDS, RISKS, type Rules } from "./model.ts";

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, "Use lower-case letters, digits and single hyphens")
  .max(60, "Use at most 60 characters");
const pattern = z
  .string()
  .startsWith("/", "Begin with /, for example /sampling/temperature or /prompts/*")
  .max(500, "Use at most 500 characters");
const sentence = z.string().trim().min(1, "Say it in a sentence").max(500, "Use at most 500 characters");
const id = z
  .string()
  .regex(/^[a-z0-9]+([-_.][a-z0-9]+)*$/u, "Use lower-case letters, digits, hyphens, dots and underscores")
  .max(80, "Use at most 80 characters");

const json = z.json();

const ComparisonInput = z.strictObject({
  tolerance: z.number().nonnegative("Use zero or more").optional(),
  as: z.enum(["number", "boolean", "duration", "quantity", "semver", "url", "case_insensitive"]).optional(),
  absentAs: z
    .array(z.enum(["null", "empty"]))
    .max(2)
    .optional(),
  list: z
    .union([z.enum(["ordered", "set"]), z.strictObject({ key: z.array(z.string().min(1)).min(1).max(5) })], {
      error: 'Choose ordered, set, or {"key": ["name"]}',
    })
    .optional(),
  owner: z.enum(["declared", "runtime", "shared"]).optional(),
  bounds: z.strictObject({ minimum: z.number().optional(), maximum: z.number().optional() }).optional(),
  text: z.enum(["exact", "trimmed", "nfc"]).optional(),
  isVolatile: z.boolean().optional(),
});

const ParameterRuleInput = z.strictObject({
  pattern,
  bundle: slug.optional(),
  title: z.string().trim().min(1, "Give the parameter a title").max(120, "Use at most 120 characters"),
  description: z.string().max(2_000, "Use at most 2,000 characters").optional(),
  kind: z.enum(PARAMETER_KINDS, { error: `Choose one of ${PARAMETER_KINDS.join(", ")}` }),
  tier: z.enum(["runtime", "build"], { error: "Choose runtime or build" }),
  environmentPolicy: z.enum(["may_differ", "same"], { error: "Choose may_differ or same" }),
  strictness: z.enum(["higher_is_stricter", "lower_is_stricter", "none"], {
    error: "Choose higher_is_stricter, lower_is_stricter or none",
  }),
  maxRelaxation: z
    .number({ error: "Give a number, in the parameter's own units" })
    .nonnegative("Use zero or more")
    .optional(),
  unit: z.string().max(40, "Use at most 40 characters").optional(),
  risk: z.enum(RISKS, { error: `Choose one of ${RISKS.join(", ")}` }),
  owner: slug,
  locked: z.boolean({ error: "Say true or false" }),
  required: z.boolean({ error: "Say true or false" }),
  schema: z.record(z.string(), json, { error: 'Give a JSON Schema as an object, for example {"type": "number"}' }),
  default: json.optional(),
  comparison: ComparisonInput.optional(),
});

const ConstraintInput = z.strictObject({
  id,
  expression: z.string().min(1, "Write a CEL expression").max(4_096, "Use at most 4,096 characters"),
  message: sentence,
  severity: z.enum(["error", "warning"], { error: "Choose error or warning" }),
  bundles: z.array(slug).max(100),
});

const DependencyInput = z.strictObject({ from: pattern, to: pattern, reason: sentence });

const PolicyInput = z.strictObject({
  id,
  title: sentence,
  requests: z.array(z.enum(["version", "promotion", "rollback", "rules"])),
  environments: z.array(slug).max(50),
  kinds: z.array(z.enum(PARAMETER_KINDS)),
  approvals: z.int("Use a whole number").min(0, "Use zero or more").max(10, "Use at most 10"),
  groups: z
    .array(z.strictObject({ group: slug, approvals: z.int().min(1, "Use one or more").max(10, "Use at most 10") }))
    .max(20),
  requiredChecks: z.array(z.string().max(60)).max(50),
  soakMinutes: z.int("Use whole minutes").min(0).max(43_200, "Use at most 30 days (43,200 minutes)"),
  approvalLastsHours: z
    .int("Use whole hours")
    .min(1, "Use one hour or more")
    .max(8_760, "Use at most a year (8,760 hours)"),
  threadsMustBeResolved: z.boolean(),
});

const OperationInput = z.strictObject({
  id,
  title: sentence,
  environments: z.array(slug).max(50),
  reportIntervalSeconds: z.int("Use whole seconds").min(5, "Use 5 seconds or more").max(3_600, "Use at most an hour"),
  undeclared: z.enum(["ignore", "warn", "strict"], { error: "Choose ignore, warn or strict" }),
  alertAfterConfirmations: z.int().min(1, "Use one or more").max(100, "Use at most 100"),
  remediation: z.strictObject({
    mode: z.enum(["off", "declared", "last_known_good"], { error: "Choose off, declared or last_known_good" }),
    confirmations: z.int().min(1, "Use one or more").max(100, "Use at most 100"),
    maxSharePercent: z.number().min(1, "Use one or more").max(100, "Use at most 100"),
  }),
  hotPatch: z
    .strictObject({
      defaultMinutes: z.int().min(5, "Use 5 minutes or more").max(4_320, "Use at most 72 hours (4,320 minutes)"),
      maxMinutes: z.int().min(5, "Use 5 minutes or more").max(4_320, "Use at most 72 hours (4,320 minutes)"),
      revertsAtExpiry: z.boolean({ error: "Say true or false" }),
      reviewHours: z.int().min(1, "Use one hour or more").max(168, "Use at most a week (168 hours)"),
    })
    .refine((one) => one.defaultMinutes <= one.maxMinutes, {
      path: ["defaultMinutes"],
      error: "The default may not be longer than the most",
    }),
});

/** The shape of a system's rules. What they mean together is looked at by `checkRules`. */
export const RulesDocument = z.strictObject({
  parameters: z.array(ParameterRuleInput).max(2_000, "Describe at most 2,000 parameters; use patterns"),
  constraints: z.array(ConstraintInput).max(500, "Use at most 500 constraints"),
  dependencies: z.array(DependencyInput).max(1_000, "Use at most 1,000 dependencies"),
  policies: z.array(PolicyInput).max(100, "Use at most 100 policies"),
  operations: z.array(OperationInput).max(50, "Use at most 50 operations").optional(),
}) satisfies z.ZodType<Rules>;
