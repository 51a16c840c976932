import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { Refusal } from "#lib/kernel/refusal.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium or Chrome of this machine: PLUMBLINE_CHROMIUM, Playwright's own, one on the PATH, one in its usual place. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const asked = process.env.PLUMBLINE_CHROMIUM;
  if (asked) return asked;
  return [chromium.executablePath(), ...onPath, ...macPlaces].find(isExecutable);
}

type Attempt = readonly [program: string, ...args: string[]];

function attempts(): readonly Attempt[] {
  const playwright: Attempt = [process.execPath, "node_modules/playwright/cli.js", "install", "chromium"];
  const isDebian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const debian: readonly Attempt[] = [
    ["apt-get", "update", "-qq"],
    ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
  ];
  return isDebian ? [...debian, playwright] : [playwright];
}

/** Finds a Chromium, or installs one: Debian's as root, else Playwright's own. Throws a Refusal that says how when neither works. */
export function ensureChromium(root: string): string {
  for (const [program, ...args] of attempts()) {
    const found = findChromium();
    if (found) return found;
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync(program, args, { cwd: root, stdio: "ignore", timeout: 300_000, env });
  }
  const found = findChromium();
  if (found) return found;
  throw new Refusal(
    "blocked",
    "The browser tests need Chromium or Chrome, and none could be installed. Install one (Debian: apt-get install chromium; anywhere: npx playwright install chromium), or name it: PLUMBLINE_CHROMIUM=/path/to/chrome npm test",
  );
}
