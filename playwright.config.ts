import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { freePort } from "#lib/platform/port.ts";
import { findChromium } from "./scripts/chromium.ts";

// The workers evaluate this file too, and must find the server that the first of all processes chose.
process.env.PLUMBLINE_E2E_PORT ??= String(await freePort());
const running = process.env.PLUMBLINE_E2E_URL;
const url = running ?? `http://localhost:${process.env.PLUMBLINE_E2E_PORT}`;
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/setup.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  // A machine that others share may stall for a minute: a journey is tried once more there, and its trace says why.
  retries: process.env.CI ? 1 : 0,
  workers: Math.min(2, availableParallelism()),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLUMBLINE_E2E_REPORT
    ? [["line"], ["json", { outputFile: process.env.PLUMBLINE_E2E_REPORT }]]
    : [["list"]],
  use: {
    baseURL: url,
    actionTimeout: 15_000,
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: ["--disable-background-networking", "--disable-component-update", ...(isRoot ? ["--no-sandbox"] : [])],
    },
  },
  projects: [
    { name: "desktop", grepInvert: /@phone-only/, use: { viewport: { width: 1360, height: 860 } } },
    { name: "phone", grep: /@phone/, use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
  ],
  webServer: running
    ? undefined
    : {
        command: `"${process.execPath}" e2e/server.ts`,
        env: { PORT: process.env.PLUMBLINE_E2E_PORT },
        url: `${url}/healthz`,
        timeout: 240_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
        stdout: "ignore",
        stderr: "pipe",
      },
});
