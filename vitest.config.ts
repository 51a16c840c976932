import { defineConfig } from "vitest/config";

const databaseTests = "**/*.db.test.ts";
const elsewhere = ["node_modules/**", ".next/**", ".plumbline/**", "e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...elsewhere, databaseTests],
          // What takes a second alone may take many beside others; a figure worth holding is held by the benchmarks.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "database",
          include: [databaseTests],
          exclude: elsewhere,
          pool: "forks",
          globalSetup: "lib/platform/testing/global-setup.ts",
          setupFiles: "lib/platform/testing/file-setup.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Tests that break things on purpose would fill the report with what the server says of it.
          env: { LOG_LEVEL: "silent" },
        },
      },
    ],
  },
});
