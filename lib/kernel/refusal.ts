/**
 * The one error for "no". Anything else that is thrown is a bug or an outage, and nobody catches it.
 * unauthenticated: nobody is known · forbidden: known, but may not · not_found: no such thing for this actor ·
 * invalid: the input is wrong, `fields` says where · conflict: the world moved since it was read ·
 * blocked: gates do not hold, `details` lists them all · too_many: slow down
 */
export type RefusalCode =
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "invalid"
  | "conflict"
  | "blocked"
  | "too_many";

/** For each field path (dotted, as in the input), what was wrong and what would be right. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly fields: FieldErrors;
  /** Machine-readable extras that travel in problem+json, for example every gate of a refused apply. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: RefusalCode,
    message: string,
    more: { readonly fields?: FieldErrors; readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.fields = more.fields ?? {};
    this.details = more.details ?? {};
  }
}
