import { type FullConfig, request } from "@playwright/test";
import { z } from "zod";
import { INES } from "../prisma/seed/people.ts";
import { SYSTEMS } from "../prisma/seed/systems/all.ts";
import { apiOver, signInOverHttp } from "./support/api.ts";

const Windows = z.array(z.looseObject({ id: z.string(), systems: z.array(z.string()), createdAt: z.string() }));

/**
 * Lets the demo organisation's freeze windows hold for its own systems alone, so that the systems which tests make are
 * promoted on any day of the year.
 */
export default async function setUp({ projects: [project] }: FullConfig): Promise<void> {
  const baseURL = project?.use.baseURL ?? "";
  const context = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } });
  await signInOverHttp(context, INES);
  const administrator = apiOver(context);
  const systems = SYSTEMS.map((system) => system.slug);
  for (const { createdAt, ...window } of Windows.parse(await administrator.send("GET", "/freeze-windows"))) {
    if (window.systems.length > 0) continue;
    await administrator.send("PUT", `/freeze-windows/${window.id}`, { ...window, systems });
  }
  await context.dispose();
}
