import type { IncomingMessage } from "node:http";

/** The JSON of a body, or how it could not be read. */
export type Body =
  | { readonly is: "read"; readonly value: unknown }
  | { readonly is: "unreadable"; readonly status: 400 | 413 | 415; readonly detail: string };

/** Reads a JSON body of at most `limit` bytes; no body is `undefined`. */
export async function readJson(request: IncomingMessage, limit: number): Promise<Body> {
  const bytes = await limitedBytes(request, limit);
  if (bytes === null) return unreadable(413, `A body has at most ${sizeOf(limit)}`);
  if (bytes.length === 0) return { is: "read", value: undefined };
  const coding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (coding !== "identity") return unreadable(415, "Send the body as it is, without a Content-Encoding");
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !type.endsWith("+json")) {
    return unreadable(415, "Send the body as application/json");
  }
  try {
    return { is: "read", value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    return unreadable(400, `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : error}`);
  }
}

function unreadable(status: 400 | 413 | 415, detail: string): Body {
  return { is: "unreadable", status, detail };
}

function sizeOf(bytes: number): string {
  return bytes < 1_024 * 1_024 ? `${bytes / 1_024} KiB` : `${bytes / 1_024 / 1_024} MiB`;
}

/** Everything, or null when it is more than the limit, whatever the headers promise; the rest is read and forgotten. */
async function limitedBytes(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= limit) parts.push(part);
    else if (length > limit * 4) return null;
  }
  return length > limit ? null : Buffer.concat(parts);
}
