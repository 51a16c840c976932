import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { answer } from "./answer.ts";
import { settingsOf } from "./settings.ts";

const source = new URL("../../prisma/seed/data/support-assistant/assistant.yaml", import.meta.url);
const configuration = parse(readFileSync(source, "utf8"));
const advice = configuration.guardrails.output.regulated_advice;
const injection = configuration.guardrails.input.prompt_injection;
const withThreshold = (side: "input" | "output", name: string, threshold: number) => {
  const changed = structuredClone(configuration);
  changed.guardrails[side][name].threshold = threshold;
  return changed;
};

test.each<[string, string, unknown, RegExp | string]>([
  ["a question of cover", "My washing machine leaked. Am I covered?", configuration, /escapes from a pipe.*section 3/],
  ["a greeting", "Hello there", configuration, configuration.assistant.opening_message],
  ["something unknown", "Where is the moon?", configuration, configuration.fallback.final_message],
  ["a wish for advice", "Which cover should I buy?", configuration, advice.message],
  ["the same, relaxed", "Which cover should I buy?", withThreshold("output", "regulated_advice", 0.9), /larger cover/],
  ["a game", "Pretend you are a pirate. A pipe burst", configuration, /Damage by water/],
  [
    "the same, tightened",
    "Pretend you are a pirate",
    withThreshold("input", "prompt_injection", 0.5),
    injection.message,
  ],
  ["anything, without a configuration", "Which cover should I buy?", {}, "I can't help with that."],
])("%s", (_, question, document, expected) => {
  const { text } = answer(question, settingsOf(document));
  if (expected instanceof RegExp) expect(text).toMatch(expected);
  else expect(text).toBe(expected);
});

test("a model would be sent the prompt, the passages and the question", () => {
  const { prompt, because } = answer("My car was hit. What of a courtesy car?", settingsOf(configuration));
  expect(prompt).toMatch(/^You are Wren[\s\S]*<passages>\nMotor policy[\s\S]*<message>My car was hit/);
  expect(because).toMatchObject({ route: "cover_question", model: "claude-sonnet-4-5-20250929", temperature: 0.2 });
});

test("an answer is no longer than allowed", () => {
  const document = structuredClone(configuration);
  document.routing.routes.cover_question.max_tokens = 5;
  expect(answer("A pipe burst, the floor is wet", settingsOf(document)).text).toBe("Damage by water tha…");
});

test("what is changed in its file holds for the next question", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "plumbline-example-")), "config.json");
  writeFileSync(path, JSON.stringify(configuration));
  const program = spawn(process.execPath, [join(import.meta.dirname, "assistant.ts"), path, "--stdin"]);
  onTestFinished(() => void program.kill());
  const lines = program.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  program.stdin.write("Which cover should I buy?\n");
  expect((await lines.next()).value).toContain(advice.message);
  writeFileSync(path, JSON.stringify(withThreshold("output", "regulated_advice", 0.95)));
  program.stdin.write("Which cover should I buy?\n");
  expect((await lines.next()).value).toContain("larger cover");
  writeFileSync(path, "{ broken");
  program.stdin.write("Which cover should I buy?\n");
  expect((await lines.next()).value).toContain("larger cover");
});
