import fc from "fast-check";
import { expect, test } from "vitest";
import { MODEL_CATALOGUE } from "./catalogue.ts";
import { classifyModel } from "./classify.ts";

const today = new Date("2026-11-22T12:00:00Z");

test.each([
  ["gpt-4o", undefined, "alias", "gpt-4o-2024-08-06"],
  ["gpt-4o-2024-08-06", undefined, "snapshot", undefined],
  ["gpt-5.4", "openai", "alias", "gpt-5.4-2026-03-05"],
  ["gpt-5.4-2026-03-05", "openai", "snapshot", undefined],
  ["gpt-5.4-mini", "openai", "alias", undefined],
  ["gpt-4-0613", undefined, "snapshot", undefined],
  ["gpt-3.5-turbo-0125", undefined, "snapshot", undefined],
  ["gpt-4-1106-preview", undefined, "snapshot", undefined],
  ["gpt-4-turbo", undefined, "alias", undefined],
  ["chatgpt-4o-latest", undefined, "floating", undefined],
  ["gpt-5-chat-latest", undefined, "floating", undefined],
  ["o3", undefined, "alias", "o3-2025-04-16"],
  ["ft:gpt-4o-mini-2024-07-18:acme::AbC", undefined, "snapshot", undefined],
  ["text-embedding-3-large", undefined, "snapshot", undefined],
  ["omni-moderation-latest", undefined, "alias", "omni-moderation-2024-09-26"],
  ["claude-sonnet-4-5", undefined, "alias", "claude-sonnet-4-5-20250929"],
  ["claude-sonnet-4-5-20250929", undefined, "snapshot", undefined],
  ["claude-opus-4-1", "anthropic", "alias", "claude-opus-4-1-20250805"],
  ["claude-opus-4-6", undefined, "snapshot", undefined],
  ["claude-opus-4-10", undefined, "snapshot", undefined],
  ["claude-sonnet-5", undefined, "snapshot", undefined],
  ["claude-opus-5-5", undefined, "snapshot", undefined],
  ["claude-3-5-sonnet-latest", undefined, "alias", undefined],
  ["claude-3-5-sonnet-20241022", undefined, "snapshot", undefined],
  ["claude-3-opus", undefined, "alias", undefined],
  ["claude-sonnet-4-5@20250929", "gcp.vertex_ai", "snapshot", undefined],
  ["gemini-flash-latest", undefined, "alias", undefined],
  ["gemini-1.5-pro", undefined, "floating", "gemini-1.5-pro-002"],
  ["gemini-1.5-pro-002", undefined, "snapshot", undefined],
  ["gemini-2.0-flash", "google", "floating", "gemini-2.0-flash-001"],
  ["gemini-2.0-flash-001", undefined, "snapshot", undefined],
  ["gemini-2.5-pro", undefined, "snapshot", undefined],
  ["gemini-3-pro-preview", undefined, "floating", undefined],
  ["gemini-2.5-flash-preview-05-20", undefined, "floating", undefined],
  ["support-gpt4o", "azure", "deployment", undefined],
  ["gpt-4o-2024-08-06", "azure.ai.openai", "deployment", undefined],
  ["anthropic.claude-sonnet-4-5-20250929-v1:0", undefined, "snapshot", undefined],
  ["anthropic.claude-sonnet-4-6", undefined, "snapshot", undefined],
  ["anthropic.claude-sonnet-4-5", "bedrock", "alias", undefined],
  ["amazon.titan-embed-text-v2:0", undefined, "snapshot", undefined],
  [
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    undefined,
    "deployment",
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
  ],
  ["global.anthropic.claude-opus-4-6", "aws.bedrock", "deployment", "anthropic.claude-opus-4-6"],
  ["arn:aws:bedrock:eu-west-1:1:application-inference-profile/x", undefined, "deployment", undefined],
  ["~anthropic/claude-opus-latest", undefined, "alias", undefined],
  ["openai/gpt-luna-latest", "openrouter", "alias", undefined],
  ["openai/gpt-4o", "openrouter", "alias", undefined],
  ["anthropic/claude-opus-4.6", "openrouter", "snapshot", undefined],
  ["meta-llama/llama-3.3-70b-instruct:free", "openrouter", "snapshot", undefined],
  ["deepseek/deepseek-chat-v3-0324", "openrouter", "snapshot", undefined],
  ["openrouter/auto", "openrouter", "floating", undefined],
  ["deepseek-chat", undefined, "floating", undefined],
  ["mistral-large-latest", undefined, "alias", undefined],
  ["mistral-large-2411", undefined, "snapshot", undefined],
  ["command-r-plus-08-2024", undefined, "snapshot", undefined],
  ["rerank-v3.5", undefined, "snapshot", undefined],
  ["models:/fraud/12", undefined, "snapshot", undefined],
  ["models:/fraud@champion", undefined, "alias", undefined],
  [`triage@sha256:${"a1".repeat(32)}`, undefined, "snapshot", undefined],
  ["BAAI/bge-m3@5617a9f61b028005a4858fdac845db406aefb181", undefined, "snapshot", undefined],
  ["BAAI/bge-m3@main", "huggingface", "alias", undefined],
  ["BAAI/bge-m3", "self-hosted", "floating", undefined],
  ["llama3.1:8b", undefined, "floating", undefined],
  ["in-house-ranker", undefined, "unknown", undefined],
  ["", undefined, "unknown", undefined],
])("%s of %s is %s", (name, provider, kind, pinTo) => {
  const found = classifyModel(name, provider, today);
  expect([found.class, found.pinTo]).toEqual([kind, pinTo]);
  expect(found.reason).not.toBe("");
});

test("a retirement is told before and after its day", () => {
  const before = classifyModel("claude-sonnet-4-5-20250929", undefined, today);
  expect(before).toMatchObject({ class: "snapshot", retiresOn: "2026-11-30" });
  expect(before.reason).toContain("in 8 days");
  expect(classifyModel("gpt-4o-2024-08-06", undefined, new Date("2027-02-01")).reason).toContain(
    "retired it on 2027-01-14",
  );
});

test("what the catalogue pins to is itself pinned", () => {
  for (const row of MODEL_CATALOGUE) {
    if (row.pinTo !== undefined)
      expect([row.name, classifyModel(row.pinTo, row.provider, today).class]).toEqual([row.name, "snapshot"]);
  }
});

test("any name gets an answer", () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (name, provider) => {
      expect(classifyModel(name, provider, today).reason).not.toBe("");
    }),
  );
});
