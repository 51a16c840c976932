import type { TestProject } from "vitest/node";
import { migrate } from "#lib/platform/migrations.ts";
import { ensureDatabase } from "#lib/platform/postgres/owner.ts";
import { startTestServer } from "./server.ts";

const template = "plumbline_template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Owner's and superuser's URLs of the migrated template database of this run. */
    testTemplate: { readonly ownerUrl: string; readonly adminUrl: string };
  }
}

/** Once a run: a server and a migrated template that every test file copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  try {
    const ownerUrl = await ensureDatabase(server.adminUrl("postgres"), template, server.password);
    await migrate(ownerUrl);
    project.provide("testTemplate", { ownerUrl, adminUrl: server.adminUrl(template) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
