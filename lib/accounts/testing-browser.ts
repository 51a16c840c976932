/** What tests of the sign-in need of a browser and of the framework: cookies, redirects, and a request in the library's form. */
import type { IncomingMessage, RequestListener } from "node:http";
import type { NextAuthOptions } from "next-auth";
import nextAuth from "next-auth";

/** Keeps cookies by origin and follows redirects one by one. */
export type Browser = {
  readonly cookie: (origin: string, name: string) => string | undefined;
  readonly get: (url: string) => Promise<Response>;
  readonly post: (url: string, form: Readonly<Record<string, string>>) => Promise<Response>;
  /** Follows redirects as long as they stay at the origin; returns the address where they end or leave it. */
  readonly follow: (url: string, origin: string) => Promise<string>;
};

export function aBrowser(): Browser {
  const jar = new Map<string, Map<string, string>>();

  async function send(url: string, init: RequestInit): Promise<Response> {
    const { origin } = new URL(url);
    const cookies = jar.get(origin) ?? new Map<string, string>();
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    jar.set(origin, cookies);
    return response;
  }

  async function follow(url: string, origin: string): Promise<string> {
    let at = new URL(url, origin).href;
    while (at.startsWith(origin)) {
      const next = (await send(at, {})).headers.get("location");
      if (next === null) break;
      at = new URL(next, at).href;
    }
    return at;
  }

  return {
    cookie: (origin, name) => jar.get(origin)?.get(name),
    get: (url) => send(url, {}),
    post: (url, form) => send(url, { method: "POST", body: new URLSearchParams(form) }),
    follow,
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString("utf8")));
}

function cookiesOf(request: IncomingMessage): Record<string, string> {
  const pairs = (request.headers.cookie ?? "").split("; ").filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), decodeURIComponent(pair.slice(pair.indexOf("=") + 1))]),
  );
}

/** Serves `/api/auth` with the given options, for each request anew, without the framework. */
export function authServer(options: () => NextAuthOptions): RequestListener {
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const nextauth = url.pathname.replace(/^\/api\/auth\//, "").split("/");
    const answering = Object.assign(response, {
      status: (code: number) => Object.assign(answering, { statusCode: code }),
      send: (body: unknown) => answering.end(typeof body === "string" ? body : JSON.stringify(body)),
      json: (body: unknown) => answering.end(JSON.stringify(body)),
    });
    const asked = Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth },
      cookies: cookiesOf(request),
      body: await bodyOf(request),
    });
    // The library's types want the framework's whole request; at run time it needs no more than this.
    await Reflect.apply(nextAuth, undefined, [asked, answering, options()]);
  };
}
