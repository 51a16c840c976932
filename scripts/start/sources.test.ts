import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fingerprint } from "./sources.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plumbline-sources-"));
  mkdirSync(join(root, "lib"));
  writeFileSync(join(root, "lib/a.ts"), "one");
  writeFileSync(join(root, "lib/a.test.ts"), "test");
});
afterEach(() => rmSync(root, { recursive: true }));

const now = () => fingerprint(root, ["lib", "absent.js"], /\.test\.ts$/);

test.each([
  ["a file changes", () => writeFileSync(join(root, "lib/a.ts"), "two"), true],
  ["a file comes", () => writeFileSync(join(root, "lib/b.ts"), ""), true],
  ["a file is renamed", () => renameSync(join(root, "lib/a.ts"), join(root, "lib/c.ts")), true],
  ["a file that does not count changes", () => writeFileSync(join(root, "lib/a.test.ts"), "other"), false],
  ["a file is written again as it was", () => writeFileSync(join(root, "lib/a.ts"), "one"), false],
])("when %s", (_, change, isDifferent) => {
  const before = now();
  change();
  expect(now() !== before).toBe(isDifferent);
});
