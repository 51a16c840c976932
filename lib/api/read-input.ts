import { z } from "zod";
import type { PathValues } from "#lib/api/match.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Most bytes of a request's body. */
export const BODY_LIMIT = 2 * 1024 * 1024;

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a body, or how it could not be read: that is not about one field, and has a status of its own. */
export type Body =
  | { readonly is: "read"; readonly fields: Fields }
  | { readonly is: "unreadable"; readonly status: 400 | 413 | 415; readonly detail: string };

const empty: Body = { is: "read", fields: {} };

function unreadable(status: 400 | 413 | 415, detail: string): Body {
  return { is: "unreadable", status, detail };
}

/** Reads a JSON body; no body has no fields. */
export async function readBody(request: Request): Promise<Body> {
  if (request.method === "GET" || request.method === "HEAD" || !request.body) return empty;
  const bytes = await limitedBytes(request.body);
  if (bytes === null) return unreadable(413, `A body has at most ${BODY_LIMIT / 1024 / 1024} MiB`);
  if (bytes.length === 0) return empty;
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !type.endsWith("+json")) {
    return unreadable(415, "Send the body as application/json");
  }
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    return unreadable(400, `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return unreadable(400, "The body is a JSON object: its members are the input's fields");
  }
  return { is: "read", fields: body as Fields };
}

/** Everything, or null as soon as it is more than the limit, whatever the headers promised. */
async function limitedBytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > BODY_LIMIT) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function queryFields(search: URLSearchParams): Fields {
  const names = [...new Set(search.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = search.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** Names of the fields that an input has, null when it has no fixed set. */
export function fieldsOf(schema: z.ZodType): readonly string[] | null {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : null;
}

export type InputParts = {
  readonly schema: z.ZodType;
  readonly search: URLSearchParams;
  readonly body: Fields;
  readonly values: PathValues;
  readonly ifMatch: string | null;
};

/**
 * One input from path, query, body and If-Match.
 * @throws Refusal `invalid` for a field that the input does not have, or that says two things
 */
export function mergeInput({ schema, search, body, values, ifMatch }: InputParts): Fields {
  const sources: readonly Fields[] = [queryFields(search), body, revisionOf(ifMatch), values];
  const known = fieldsOf(schema);
  const merged: Record<string, unknown> = Object.create(null);
  const problems: Record<string, string[]> = Object.create(null);
  for (const [name, value] of sources.flatMap((source) => Object.entries(source))) {
    if (known && !known.includes(name)) {
      problems[name] = [`There is no field ${name} here; there are ${known.join(", ") || "none"}`];
    } else if (name in merged && !saysTheSame(merged[name], value)) {
      problems[name] = ["This is given twice, with different values"];
    } else merged[name] = value;
  }
  const [first] = Object.entries(problems);
  if (first) throw new Refusal("invalid", `${first[0]}: ${first[1][0]}`, { fields: problems });
  return { ...merged };
}

/** A path and a query hold texts, a body also numbers and switches: `5` and `"5"` say the same. */
function saysTheSame(a: unknown, b: unknown): boolean {
  return typeof a !== "object" && typeof b !== "object" && String(a) === String(b);
}

function revisionOf(ifMatch: string | null): Fields {
  if (ifMatch === null || ifMatch === "*") return {};
  const revision = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch.trim())?.[1];
  if (revision) return { revision: Number(revision) };
  throw new Refusal("invalid", 'If-Match is a revision, for example "3"; take it from the ETag of an earlier answer');
}
