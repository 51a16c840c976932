import type { IncomingMessage } from "node:http";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { RuntimeCaller } from "../model.ts";
import type { Exchange, Means } from "./means.ts";

/** Whoever asks. @throws Refusal as `callerOf` of `RuntimeAccess` */
export function callerOfRequest({ access }: Means, { request, query }: Exchange): Promise<RuntimeCaller> {
  return access.callerOf(secretOf(request), query.get("environment"));
}

/** Whoever asks, if they may fetch. @throws Refusal as `callerOf` of `RuntimeAccess`, and `forbidden` */
export async function fetcherOf(means: Means, exchange: Exchange): Promise<RuntimeCaller> {
  const caller = await callerOfRequest(means, exchange);
  if (caller.mayFetch) return caller;
  throw new Refusal("forbidden", "This token may not fetch configurations; use one with the role runtime");
}

/** What the request presents: a bearer token (RFC 6750 §2.1), or a key. */
export function secretOf({ headers }: IncomingMessage): string | undefined {
  const { authorization } = headers;
  // As nearly everybody writes it, without a regular expression.
  if (authorization?.startsWith("Bearer plb_")) return authorization.slice(7);
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = headers["x-api-key"];
  return typeof key === "string" ? key : undefined;
}
