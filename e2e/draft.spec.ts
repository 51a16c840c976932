import { readFileSync } from "node:fs";
import { join } from "node:path";
import { INES, SAM, TOM } from "../prisma/seed/people.ts";
import { expect, test } from "./fixtures.ts";
import { aDraft, aHouse, firstText, saveDraft, textOfDraft } from "./support/house.ts";
import { writeText } from "./support/pages.ts";

const yaml = "base of Assistant, YAML";
const examples = join(import.meta.dirname, "../examples/bundles");
const saved = { name: "Saved", exact: true } as const;

test("what is wrong is said while one types, with its line and column, and leads to its place", async ({
  browserOf,
  apiOf,
}) => {
  const author = await apiOf(TOM);
  const draft = await aDraft(author, await aHouse(await apiOf(INES)));
  const tom = await browserOf(TOM);
  await tom.goto(`/drafts/${draft}?mode=yaml`);
  const problems = tom.getByRole("region", { name: "Problems" });
  await expect(problems.getByText("all hold")).toBeVisible();
  await writeText(tom, yaml, firstText.replace("0.2", "7"));
  const problem = problems.getByRole("button", { name: /base, line 1, column 1\d? · \/temperature|base, line 1/ });
  await expect(problem).toBeVisible();
  await expect(problems.getByRole("status")).toHaveText("1 error, 0 warnings");
  await problem.click();
  await expect(tom.getByRole("textbox", { name: yaml })).toBeFocused();
  await writeText(tom, yaml, "temperature: [0.2\n");
  await expect(problems.getByText(/base, line \d+, column \d+/).first()).toBeVisible();
  await writeText(tom, yaml, firstText);
  await expect(problems.getByText("all hold")).toBeVisible();
});

test("form, YAML and JSON are one draft, and what was typed survives a reload", async ({ browserOf, apiOf }) => {
  const author = await apiOf(TOM);
  const draft = await aDraft(author, await aHouse(await apiOf(INES)));
  const tom = await browserOf(TOM);
  await tom.goto(`/drafts/${draft}`);
  await tom.getByRole("textbox", { name: "Temperature" }).fill("0.35");
  await tom.getByRole("button", { name: "JSON", exact: true }).click();
  const json = tom.getByRole("textbox", { name: "base of Assistant, JSON" });
  await expect(json).toContainText('"temperature": 0.35');
  await json.fill(JSON.stringify({ temperature: 0.45, max_tokens: 800, threshold: 0.7, prompt: "Answer briefly." }));
  await tom.getByRole("button", { name: "YAML", exact: true }).click();
  await expect(tom.getByRole("textbox", { name: yaml })).toContainText("temperature: 0.45");
  await tom.getByRole("button", { name: "Form", exact: true }).click();
  await expect(tom.getByRole("textbox", { name: "Temperature" })).toHaveValue("0.45");
  await tom.getByRole("button", { name: "Production overlay" }).click();
  await tom.getByRole("button", { name: "Override Longest answer" }).click();
  await tom.getByRole("textbox", { name: "Longest answer" }).fill("500");
  await tom.getByRole("button", { name: "Effective configuration" }).click();
  await expect(tom.getByText("500", { exact: true }).first()).toBeVisible();
  await expect(tom.getByText(saved.name, { exact: true })).toBeVisible();
  await tom.reload();
  await expect(tom.getByRole("textbox", { name: "Longest answer" })).toHaveValue("500");
  await tom.getByRole("button", { name: "Base", exact: true }).click();
  await expect(tom.getByRole("textbox", { name: "Temperature" })).toHaveValue("0.45");
  expect(await textOfDraft(author, draft)).toContain("temperature: 0.45");
});

test("a file that can't be read is refused with every reason and changes nothing; a good one can be undone", async ({
  browserOf,
  apiOf,
}) => {
  const author = await apiOf(TOM);
  const draft = await aDraft(author, await aHouse(await apiOf(INES)));
  const tom = await browserOf(TOM);
  await tom.goto(`/drafts/${draft}?mode=yaml`);
  await tom.getByRole("button", { name: "Import" }).click();
  const dialog = tom.getByRole("dialog", { name: "Import into base" });
  await dialog.getByLabel("File").setInputFiles(join(examples, "unreadable.yaml"));
  await expect(dialog.getByText("unreadable.yaml can't be imported; nothing was changed")).toBeVisible();
  await expect(dialog.getByText(/^line \d+, column \d+:$/).first()).toBeVisible();
  expect(await dialog.getByRole("listitem").count()).toBeGreaterThan(1);
  expect(await textOfDraft(author, draft)).toBe(firstText);
  await dialog.getByLabel("File").setInputFiles(join(examples, "support-assistant.yaml"));
  await expect(dialog).toBeHidden();
  await expect(tom.getByText("support-assistant.yaml is now the text of base")).toBeVisible();
  expect(await textOfDraft(author, draft)).toBe(readFileSync(join(examples, "support-assistant.yaml"), "utf8"));
  await tom.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => textOfDraft(author, draft)).toBe(firstText);
});

test("of two people at one draft the second is told, and nothing is overwritten", async ({ browserOf, apiOf }) => {
  const author = await apiOf(TOM);
  const draft = await aDraft(author, await aHouse(await apiOf(INES)));
  const tom = await browserOf(TOM);
  await tom.goto(`/drafts/${draft}?mode=yaml`);
  await expect(tom.getByRole("textbox", { name: yaml })).toContainText("temperature: 0.2");
  const theirs = firstText.replace("800", "650");
  await saveDraft(await apiOf(SAM), draft, { base: theirs });
  await writeText(tom, yaml, firstText.replace("0.2", "0.6"));
  await expect(tom.getByText(/^Sam Whitlock saved this draft at/)).toBeVisible();
  expect(await textOfDraft(author, draft)).toBe(theirs);
  await tom.getByRole("button", { name: "Compare both" }).click();
  const both = tom.getByRole("dialog", { name: "Both texts" });
  await expect(both).toContainText("650");
  await tom.keyboard.press("Escape");
  await tom.getByRole("button", { name: "Keep mine on top" }).click();
  await expect.poll(() => textOfDraft(author, draft)).toBe(theirs.replace("0.2", "0.6"));
  await expect(tom.getByText(saved.name, { exact: true })).toBeVisible();
});
