import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Policy, Rules } from "#lib/systems/model.ts";
import { aRule, someRules } from "#lib/systems/testing/rules-fixture.ts";
import type { Api } from "./api.ts";

/** A system of one test, with the environments development, staging and production and the bundle `assistant`. */
export type House = { readonly slug: string; readonly name: string };

const ShownRules = z.object({ id: z.string() });
const Draft = z.object({ draftId: z.string() });
const ShownDraft = z.object({ revision: z.number(), source: z.object({ base: z.string() }) });
const Change = z.object({ number: z.number(), contentDigest: z.string(), state: z.string() });
const Applied = z.object({ produced: z.array(z.object({ id: z.string() })) });
const ShownChange = z.object({
  request: Change.extend({ revision: z.number(), scheduleState: z.string() }),
  texts: z.array(z.object({ layer: z.string(), before: z.string(), after: z.string() })),
});

export type TestChange = { readonly number: number; readonly contentDigest: string; readonly draftId: string };

/** Anything goes with one approval for a version or the rules, and with none for promotions and rollbacks. */
const ordinary: Policy = {
  id: "everything",
  title: "Another person reads every version",
  requests: ["version", "rules"],
  environments: [],
  kinds: [],
  approvals: 1,
  groups: [],
  requiredChecks: ["content_current", "schema", "constraints", "approvals"],
  soakMinutes: 0,
  approvalLastsHours: 168,
  threadsMustBeResolved: false,
};
const released: Policy = {
  ...ordinary,
  id: "released",
  title: "Releases go in order",
  requests: ["promotion", "rollback"],
  approvals: 0,
  requiredChecks: ["pipeline_order", "hold"],
};

export function aPolicy(of: Partial<Policy> & { readonly id: string }): Policy {
  return { ...ordinary, ...of };
}

/** What the texts of these tests hold. */
export const parameters = [
  aRule({
    pattern: "/temperature",
    title: "Temperature",
    schema: { type: "number", minimum: 0, maximum: 2 },
  }),
  aRule({ pattern: "/max_tokens", title: "Longest answer", kind: "limit", schema: { type: "integer", minimum: 1 } }),
  aRule({ pattern: "/prompt", title: "Prompt", kind: "prompt", schema: { type: "string" } }),
  aRule({
    pattern: "/threshold",
    title: "Injection threshold",
    kind: "guardrail",
    strictness: "lower_is_stricter",
    schema: { type: "number", minimum: 0, maximum: 1 },
  }),
];

export const firstText = `temperature: 0.2
max_tokens: 800
threshold: 0.7
prompt: |
  Answer in two sentences.
  Name the source.
`;

/** `policies` are added to the ordinary ones unless they have the same id. */
export async function aHouse(administrator: Api, rules: Partial<Rules> = {}): Promise<House> {
  const unique = randomBytes(4).toString("hex");
  const house = { slug: `desk-${unique}`, name: `Desk ${unique}` };
  await administrator.send("POST", "/systems", {
    ...house,
    description: "",
    owningTeam: "Claims",
    riskTier: "limited",
    template: "empty",
  });
  await setRules(administrator, house, rules);
  const bundle = { slug: "assistant", name: "Assistant", description: "" };
  await administrator.send("POST", `/systems/${house.slug}/bundles`, bundle);
  return house;
}

export async function setRules(administrator: Api, house: House, rules: Partial<Rules>): Promise<void> {
  const { id } = ShownRules.parse(await administrator.send("GET", `/systems/${house.slug}/rules`));
  const own = rules.policies ?? [];
  const usual = [ordinary, released].filter((one) => !own.some((other) => other.id === one.id));
  const document = someRules({ parameters, ...rules, policies: [...usual, ...own] });
  const body = { baseRulesId: id, rules: document, reason: "What this system is tested with" };
  await administrator.send("PUT", `/systems/${house.slug}/rules`, body);
}

type Text = { readonly base?: string; readonly overlays?: Readonly<Record<string, string>> };

/** A saved draft on top of the newest version. @returns its id */
export async function aDraft(
  author: Api,
  house: House,
  { base = firstText, overlays = {} }: Text = {},
): Promise<string> {
  const path = `/systems/${house.slug}/bundles/assistant/drafts`;
  const { draftId } = Draft.parse(await author.send("POST", path, { title: "Shorter answers" }));
  await saveDraft(author, draftId, { base, overlays });
  return draftId;
}

export async function saveDraft(
  author: Api,
  draftId: string,
  { base = firstText, overlays = {} }: Text,
): Promise<void> {
  const { revision } = ShownDraft.parse(await author.send("GET", `/drafts/${draftId}`));
  await author.send("PUT", `/drafts/${draftId}`, { source: { base, overlays }, revision });
}

export async function textOfDraft(reader: Api, draftId: string): Promise<string> {
  return ShownDraft.parse(await reader.send("GET", `/drafts/${draftId}`)).source.base;
}

/** An open request for a new version. */
export async function aChange(
  author: Api,
  house: House,
  { title = "Shorter answers", ...text }: Text & { readonly title?: string } = {},
): Promise<TestChange> {
  const draftId = await aDraft(author, house, text);
  const proposal = { title, reason: "People read the first two sentences", drafts: [draftId] };
  const change = Change.parse(await author.send("POST", `/systems/${house.slug}/changes/version`, proposal));
  return { number: change.number, contentDigest: change.contentDigest, draftId };
}

export async function approve(reviewer: Api, number: number): Promise<void> {
  const { request } = await shownChange(reviewer, number);
  const verdict = { verdict: "approve", summary: "Read and tried", contentDigest: request.contentDigest };
  await reviewer.send("POST", `/changes/${number}/reviews`, verdict);
}

export async function shownChange(reader: Api, number: number): Promise<z.infer<typeof ShownChange>> {
  return ShownChange.parse(await reader.send("GET", `/changes/${number}`));
}

type People = { readonly author: Api; readonly reviewer: Api };

/** A version that took effect. @returns its id */
export async function aVersion({ author, reviewer }: People, house: House, text: Text = {}): Promise<string> {
  const { number } = await aChange(author, house, text);
  await approve(reviewer, number);
  const { produced } = Applied.parse(await author.send("POST", `/changes/${number}/apply`));
  return produced[0]?.id ?? "";
}

/** An open request to promote this version. @returns its number */
export async function aPromotion(
  author: Api,
  house: House,
  { version, environment }: { readonly version: string; readonly environment: string },
): Promise<number> {
  const title = `Shorter answers in ${environment}`;
  const body = { title, reason: "Tried on a sample of questions", environment, versions: [version] };
  return Change.parse(await author.send("POST", `/systems/${house.slug}/changes/promotion`, body)).number;
}

/** Promotes the version into these environments, one after the other, as the ordinary policies allow at once. */
export async function promote(
  author: Api,
  house: House,
  { version, through }: { readonly version: string; readonly through: readonly string[] },
): Promise<void> {
  for (const environment of through) {
    const number = await aPromotion(author, house, { version, environment });
    await author.send("POST", `/changes/${number}/apply`);
  }
}

export const PIPELINE = ["development", "staging", "production"] as const;
