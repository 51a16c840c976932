import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const acceptable = /^[\w.-]{8,64}$/;

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

/** The caller's X-Request-Id when it is a plain one, else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = single(headers["x-request-id"]);
  return given !== undefined && acceptable.test(given) ? given : randomUUID();
}

/** Whether the path of what was asked for can be read: its percent-encoding is whole and UTF-8. */
export function hasReadablePath({ url = "" }: Pick<IncomingMessage, "url">): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/**
 * The address a request comes from. What the request says of itself counts only behind a proxy that we are told to
 * trust, and then the last entry, which that proxy wrote.
 */
export function addressOf(
  {
    headers,
    socket,
  }: { readonly headers: IncomingMessage["headers"]; readonly socket: { readonly remoteAddress?: string } },
  trustsProxy: boolean,
): string {
  const forwarded = single(headers["x-forwarded-for"])?.split(",").at(-1)?.trim();
  const address = (trustsProxy ? forwarded : undefined) ?? socket.remoteAddress ?? "";
  return address.replace(/^::ffff:/, "");
}
