import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Claim, claimCheckout, isOther } from "./instance.ts";

const base = mkdtempSync(join(tmpdir(), "plumbline-instance-"));
afterAll(() => rmSync(base, { recursive: true }));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(base, "checkout-"));
});

async function claim(): Promise<Claim> {
  const claimed = await claimCheckout(folder);
  if (isOther(claimed)) throw new Error("Someone else has it");
  return claimed;
}

test("a second start is told where the first one is", async () => {
  const first = await claim();
  expect(await claimCheckout(folder)).toEqual({ pid: process.pid, url: null });
  first.serveAt("http://localhost:3000");
  expect(await claimCheckout(folder)).toEqual({ pid: process.pid, url: "http://localhost:3000" });
  first.release();
});

test("of several that start at once, one wins", async () => {
  const claims = await Promise.all([1, 2, 3, 4, 5].map(() => claimCheckout(folder)));
  expect(claims.filter((one) => !isOther(one))).toHaveLength(1);
  for (const one of claims) if (!isOther(one)) one.release();
});

test.each([
  ["of a process that is gone", JSON.stringify({ pid: 1, port: 1, token: "gone" })],
  ["that a crash cut short", '{"pid": 1'],
  ["that is empty", ""],
])("a note %s does not keep anyone from starting", async (_, note) => {
  writeFileSync(join(folder, "running.json"), note);
  (await claim()).release();
});

test("once the first has ended, the next one starts", async () => {
  (await claim()).release();
  (await claim()).release();
});
