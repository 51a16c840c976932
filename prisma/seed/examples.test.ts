import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseLayer } from "#lib/bundles/parse.ts";
import { TEMPLATE_OF } from "#lib/bundles/templates/templates.ts";
import type { TemplateName } from "#lib/systems/model.ts";
import { complaints } from "./testing/conformance.ts";

const example = (name: string) => readFileSync(new URL(`../../examples/bundles/${name}`, import.meta.url), "utf8");

/** The bundles of the template, with one layer of one of them replaced as an import does it. */
function imported(template: TemplateName, bundle: string, layers: Readonly<Record<string, string>>) {
  const { bundles, rules } = TEMPLATE_OF[template];
  const sources = bundles.map(({ slug, source }) => {
    const { base = source.base, ...overlays } = slug === bundle ? layers : {};
    return [slug, { base, overlays: { ...source.overlays, ...overlays } }] as const;
  });
  return complaints(rules, Object.fromEntries(sources));
}

test("the examples fit the templates that they are for", () => {
  const development = example("support-assistant.development.yaml");
  expect(imported("llm-application", "assistant", { base: example("support-assistant.yaml"), development })).toEqual(
    [],
  );
  expect(imported("rag-pipeline", "knowledge", { base: example("rag-knowledge.yaml") })).toEqual([]);
  expect(imported("rag-pipeline", "answer", { base: example("rag-answer.json") })).toEqual([]);
});

test.each([
  "model/api_key",
  "sampling/temperature",
  "sampling/max_tokens",
  "guardrails/input/prompt_injection/enabled",
  "guardrails/input/prompt_injection/threshold",
  "flags/repair_photos",
  "timeout-within-deadline",
  "answer-fits-conversation",
  "default-route-exists",
])("the example with mistakes is refused because of %s", (place) => {
  const text = example("with-mistakes.yaml").replace("enabled: yes", 'enabled: "yes"');
  const found = imported("llm-application", "assistant", { base: text, development: "" });
  expect(found.filter((sentence) => sentence.includes(place))).not.toEqual([]);
});

test("a passage that is longer than an embedding is refused", () => {
  const text = example("rag-knowledge.yaml").replace("chunk_size: 640", "chunk_size: 9000");
  const found = imported("rag-pipeline", "knowledge", { base: text });
  expect(found.filter((sentence) => sentence.includes("chunk-fits-embedding"))).toHaveLength(3);
});

test("the unreadable example is refused with the lines of its mistakes", () => {
  const { value, problems } = parseLayer(example("unreadable.yaml"), "base");
  expect(value).toBeNull();
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem.line).toBeGreaterThan(2);
});
