import { type APIRequestContext, expect } from "@playwright/test";
import type { Json } from "#lib/kernel/json.ts";
import { demoPassword } from "../demo.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type Answer = { readonly status: number; readonly body: Json };

/** The HTTP API as one person, with the session that their browser would have. */
export type Api = {
  /** @returns the result; fails the test when it is refused */
  readonly send: (method: Method, path: string, body?: object) => Promise<Json>;
  /** @returns whatever it answers, refusals included */
  readonly ask: (method: Method, path: string, body?: object) => Promise<Answer>;
};

/** Signs in as the form does, without a page; the context keeps the session. */
export async function signInOverHttp(
  request: APIRequestContext,
  email: string,
  password: string = demoPassword,
): Promise<void> {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const form = { csrfToken, email, password, json: "true" };
  const answer = await request.post("/api/auth/callback/credentials", { form });
  expect(answer.status(), `signing in as ${email}`).toBe(200);
}

export function apiOver(request: APIRequestContext, headers: Readonly<Record<string, string>> = {}): Api {
  async function ask(method: Method, path: string, body?: object): Promise<Answer> {
    const answer = await request.fetch(`/api/v1${path}`, { method, headers, ...(body && { data: body }) });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers()["content-type"] ?? "");
    return { status: answer.status(), body: isJson ? JSON.parse(text) : text };
  }
  return {
    ask,
    send: async (method, path, body) => {
      const answer = await ask(method, path, body);
      expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
      return answer.body;
    },
  };
}
