import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { machineOf, missingPackages } from "./complete-lock.js";

test("package-lock.json holds the packages for every machine", () => {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8"));
  expect(missingPackages(packages)).toEqual([]);
});

test("package-lock.json names no registry", () => {
  expect(readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8")).not.toContain('"resolved"');
});

test.each([
  ["@biomejs/cli-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["@next/swc-darwin-arm64", { os: ["darwin"], cpu: ["arm64"] }],
  ["@next/swc-win32-x64-msvc", { os: ["win32"], cpu: ["x64"] }],
  ["@tailwindcss/oxide-wasm32-wasi", { cpu: ["wasm32"] }],
])("%s says by its name for which machine it is", (name, expected) => {
  expect(machineOf(name)).toEqual(expected);
});
