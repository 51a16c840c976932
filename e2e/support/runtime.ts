import { type APIRequestContext, expect } from "@playwright/test";
import { z } from "zod";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Api } from "./api.ts";
import type { House } from "./house.ts";

const Made = z.object({ secret: z.string() });

export type Report = {
  readonly instance: string;
  readonly document: JsonObject;
  readonly fleet?: string;
  readonly health?: "ok" | "degraded" | "failing";
  readonly origins?: Readonly<Record<string, string>>;
};

/** What a runtime does: asks what it is to run, and says what it runs. */
export type TestRuntime = {
  readonly fetch: () => Promise<JsonObject>;
  readonly report: (report: Report) => Promise<void>;
};

/** A runtime of one environment, with a token of its own. */
export async function aRuntime(
  request: APIRequestContext,
  administrator: Api,
  { house, environment }: { readonly house: House; readonly environment: string },
): Promise<TestRuntime> {
  const token = { name: `Runtimes of ${house.name}`, role: "runtime", system: house.slug, environment, days: 1 };
  const { secret } = Made.parse(await administrator.send("POST", "/tokens", token));
  const headers = { authorization: `Bearer ${secret}` };
  return {
    fetch: async () => {
      const answer = await request.get("/runtime/v1/configuration", { headers });
      expect(answer.status(), "fetching the configuration").toBe(200);
      return answer.json();
    },
    report: async ({ document, ...said }) => {
      const data = { build: "7", client: "test/1.0", ...said, digest: digestOf(document), document };
      const answer = await request.post("/runtime/v1/reports", { headers, data });
      expect(answer.status(), await answer.text()).toBe(200);
    },
  };
}
