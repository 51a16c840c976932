import { mkdtempSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAtomically } from "./atomic-write.ts";

const aFolder = () => mkdtempSync(join(tmpdir(), "plumbline-write-"));

test("a file is replaced as a whole, readable by whom it should be, and nothing is left beside it", async () => {
  const folder = aFolder();
  const path = join(folder, "copy.json");
  await writeAtomically(path, "one", 0o600);
  await writeAtomically(path, "two", 0o600);
  expect(await readFile(path, "utf8")).toBe("two");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["copy.json"]);
});

test("whoever reads meanwhile sees one content or the other", async () => {
  const path = join(aFolder(), "copy.json");
  const [a, b] = ["a".repeat(200_000), "b".repeat(200_000)];
  await writeAtomically(path, a, 0o600);
  let isWriting = true;
  const writing = (async () => {
    for (const content of [b, a, b, a, b]) await writeAtomically(path, content, 0o600);
    isWriting = false;
  })();
  while (isWriting) expect([a, b]).toContain(await readFile(path, "utf8"));
  await writing;
});

test("a link stays a link", async () => {
  const folder = aFolder();
  await writeFile(join(folder, "real.json"), "one");
  await symlink(join(folder, "real.json"), join(folder, "link.json"));
  await writeAtomically(join(folder, "link.json"), "two", 0o644);
  expect((await lstat(join(folder, "link.json"))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, "real.json"), "utf8")).toBe("two");
});

test("what cannot be written leaves nothing behind", async () => {
  const folder = aFolder();
  await mkdir(join(folder, "taken"));
  await expect(writeAtomically(join(folder, "taken"), "x", 0o600)).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["taken"]);
});
