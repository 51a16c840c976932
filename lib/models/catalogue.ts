import type { ModelClass } from "./model.ts";

/** What is known about one name, checked by hand against its provider's own page. */
export type CatalogueRow = {
  readonly provider: string;
  readonly name: string;
  /** Only where the provider's naming rules would say otherwise. */
  readonly class?: ModelClass;
  /** The pinned release that the name stands for. */
  readonly pinTo?: string;
  /** ISO 8601 date of the announced shutdown. */
  readonly retiresOn?: string;
  readonly source: string;
  /** ISO 8601 date on which a person last looked. */
  readonly checkedOn: string;
};

const openai = {
  provider: "openai",
  source: "https://developers.openai.com/api/docs/deprecations",
  checkedOn: "2026-11-22",
} as const;
const anthropic = {
  provider: "anthropic",
  source: "https://platform.claude.com/docs/en/about-claude/model-deprecations",
  checkedOn: "2026-11-22",
} as const;
const google = {
  provider: "google",
  source: "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versioning",
  checkedOn: "2026-11-22",
} as const;
const deepseek = {
  provider: "deepseek",
  source: "https://api-docs.deepseek.com/updates",
  checkedOn: "2026-11-22",
} as const;

/** The announced end of the GPT-4o and GPT-4.1 snapshots. */
const gpt4End = "2027-01-14";
const sonnet45End = "2026-11-30";

/** Small on purpose: naming rules classify, these rows add what no rule can tell. */
export const MODEL_CATALOGUE: readonly CatalogueRow[] = [
  { ...openai, name: "gpt-4o", pinTo: "gpt-4o-2024-08-06" },
  { ...openai, name: "gpt-4o-2024-05-13", retiresOn: gpt4End },
  { ...openai, name: "gpt-4o-2024-08-06", retiresOn: gpt4End },
  { ...openai, name: "gpt-4o-2024-11-20", retiresOn: gpt4End },
  { ...openai, name: "gpt-4o-mini", pinTo: "gpt-4o-mini-2024-07-18" },
  { ...openai, name: "gpt-4.1", pinTo: "gpt-4.1-2025-04-14" },
  { ...openai, name: "gpt-4.1-2025-04-14", retiresOn: gpt4End },
  { ...openai, name: "gpt-4.1-mini", pinTo: "gpt-4.1-mini-2025-04-14" },
  { ...openai, name: "gpt-4", pinTo: "gpt-4-0613" },
  { ...openai, name: "gpt-5", pinTo: "gpt-5-2025-08-07" },
  { ...openai, name: "gpt-5.4", pinTo: "gpt-5.4-2026-03-05" },
  { ...openai, name: "o3", pinTo: "o3-2025-04-16" },
  { ...openai, name: "o4-mini", pinTo: "o4-mini-2025-04-16" },
  // Published under one name each; their vectors must stay comparable, so the name never moves.
  { ...openai, name: "text-embedding-3-small", class: "snapshot" },
  { ...openai, name: "text-embedding-3-large", class: "snapshot" },
  { ...openai, name: "text-embedding-ada-002", class: "snapshot" },
  { ...openai, name: "omni-moderation-latest", pinTo: "omni-moderation-2024-09-26" },
  { ...anthropic, name: "claude-sonnet-4-5", pinTo: "claude-sonnet-4-5-20250929", retiresOn: sonnet45End },
  { ...anthropic, name: "claude-sonnet-4-5-20250929", retiresOn: sonnet45End },
  { ...anthropic, name: "claude-haiku-4-5", pinTo: "claude-haiku-4-5-20251001" },
  { ...anthropic, name: "claude-opus-4-5", pinTo: "claude-opus-4-5-20251101" },
  { ...anthropic, name: "claude-opus-4-1", pinTo: "claude-opus-4-1-20250805" },
  { ...anthropic, name: "claude-opus-4-0", pinTo: "claude-opus-4-20250514" },
  { ...anthropic, name: "claude-sonnet-4-0", pinTo: "claude-sonnet-4-20250514" },
  { ...google, name: "gemini-1.5-pro", pinTo: "gemini-1.5-pro-002" },
  { ...google, name: "gemini-1.5-flash", pinTo: "gemini-1.5-flash-002" },
  { ...google, name: "gemini-2.0-flash", pinTo: "gemini-2.0-flash-001" },
  { ...google, name: "gemini-2.0-flash-lite", pinTo: "gemini-2.0-flash-lite-001" },
  // One id, another model behind it since 2025-08-21.
  { ...deepseek, name: "deepseek-chat", class: "floating" },
  { ...deepseek, name: "deepseek-reasoner", class: "floating" },
];

const rows = new Map(MODEL_CATALOGUE.map((row) => [`${row.provider} ${row.name}`, row]));

export function catalogueRow(provider: string, name: string): CatalogueRow | undefined {
  return rows.get(`${provider} ${name}`);
}
