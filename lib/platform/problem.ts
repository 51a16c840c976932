import { formatPointer } from "#lib/kernel/pointer.ts";
import type { Refusal, RefusalCode } from "#lib/kernel/refusal.ts";

/** The answer to "no" over HTTP: `application/problem+json` (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path that was asked for. */
  readonly instance: string;
  readonly requestId: string;
  /** Where the input was wrong: a JSON Pointer as a URI fragment (RFC 6901 §6). */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
};

const STATUS: Readonly<Record<RefusalCode, { readonly status: number; readonly title: string }>> = {
  unauthenticated: { status: 401, title: "Sign-in needed" },
  forbidden: { status: 403, title: "Not permitted" },
  not_found: { status: 404, title: "Not found" },
  invalid: { status: 422, title: "Invalid input" },
  conflict: { status: 409, title: "Conflict" },
  blocked: { status: 409, title: "Blocked" },
  too_many: { status: 429, title: "Too many requests" },
};

const BEARER_CHALLENGE = 'Bearer realm="Plumbline"';

/** What every problem says of the request. */
export type Asked = { readonly instance: string; readonly requestId: string };

export type ProblemAnswer = { readonly problem: Problem; readonly headers: Readonly<Record<string, string>> };

/** A refusal as a problem, with its machine-readable details as members of their own, and the headers that go with it. */
export function problemOf(refusal: Refusal, asked: Asked): ProblemAnswer {
  const { status, title } = STATUS[refusal.code];
  const errors = Object.entries(refusal.fields).flatMap(([path, messages]) =>
    messages.map((detail) => ({ pointer: `#${formatPointer(path.split("."))}`, detail })),
  );
  const headers: Record<string, string> = {};
  if (status === 401) headers["WWW-Authenticate"] = BEARER_CHALLENGE;
  if (status === 429) headers["Retry-After"] = String(Math.ceil(Number(refusal.details.waitMs ?? 60_000) / 1_000));
  const problem: Problem = {
    ...refusal.details,
    type: `urn:plumbline:problem:${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    ...asked,
    ...(errors.length > 0 ? { errors } : {}),
  };
  return { problem, headers };
}
