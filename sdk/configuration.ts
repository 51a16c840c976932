import { digestOf } from "./canonical.ts";
import { type Answer, type FarEnd, refusalOf } from "./far-end.ts";
import { frozen, isJsonObject, type Json, type JsonObject } from "./json.ts";
import { type Copy, type Names, NO_NAMES } from "./model.ts";

/** new: another one, checked · same: the one that was known, perhaps under new names · failed: keep what there is */
export type Fetched =
  | { readonly kind: "new"; readonly copy: Copy }
  | { readonly kind: "same"; readonly names: Partial<Names> }
  | { readonly kind: "failed"; readonly message: string };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(value: unknown): value is string {
  return typeof value === "string" && DIGEST.test(value);
}

/** Asks for the configuration; `known`: the digest that is here, so that it need not be sent again. */
export async function fetchConfiguration(
  farEnd: FarEnd,
  bundle: string | undefined,
  known: Pick<Copy, "digest" | "bundle"> | null,
): Promise<Fetched> {
  const path = `/runtime/v1/configuration${bundleQuery(bundle)}`;
  const answer = await farEnd.ask(path, known ? { headers: { "if-none-match": `"${known.digest}"` } } : {});
  return readConfiguration(answer, { known: known?.digest ?? null, bundle: bundle ?? known?.bundle ?? null });
}

export function bundleQuery(bundle: string | undefined): string {
  return bundle === undefined ? "" : `?bundle=${encodeURIComponent(bundle)}`;
}

/** Believes an answer only if it is whole, of the right bundle, and exactly what its digest says. */
export function readConfiguration(
  answer: Answer,
  expected: { readonly known: string | null; readonly bundle: string | null },
): Fetched {
  if (answer.kind === "failed") return answer;
  const { status, headers, text } = answer;
  const names = namesOf(headers);
  if (names.bundle && expected.bundle !== null && names.bundle !== expected.bundle) {
    return failed(`It answered with the bundle "${names.bundle}" instead of "${expected.bundle}"`);
  }
  if (status === 304) {
    if (expected.known === null) return failed("It answered 304, though nothing is known here");
    const told = digestsOf(headers).find((digest) => digest !== expected.known);
    if (told !== undefined) return failed(`It answered 304 for ${told}, though ${expected.known} is what is here`);
    return { kind: "same", names };
  }
  if (status !== 200) return failed(refusalOf(status, text));
  const document = parse(text);
  if (document === null) {
    return failed(`It answered with ${headers.get("content-type") ?? "something"} that is no JSON object, or cut off`);
  }
  const digest = digestIfAny(document);
  const told = digestsOf(headers);
  if (told.length === 0) return failed("It answered without a digest (ETag), so nothing vouches for the content");
  const wrong = told.find((one) => one !== digest);
  if (wrong !== undefined || digest === null) {
    return failed(`The content is not what its digest says: it is ${digest ?? "no I-JSON"}, told was ${wrong}`);
  }
  return { kind: "new", copy: { ...NO_NAMES, ...names, document: frozen(document), digest } };
}

/** Every digest that the headers tell; a proxy that compresses makes a strong ETag a weak one. */
function digestsOf(headers: Headers): readonly string[] {
  const etag = /^(?:W\/)?"(.*)"$/.exec(headers.get("etag") ?? "")?.[1];
  return [headers.get("plumbline-digest"), etag].filter(isDigest);
}

function namesOf(headers: Headers): Partial<Names> {
  // An intermediary's 304 may come without them; then the names stay.
  if (!headers.has("plumbline-version")) return optional(headers.get("plumbline-bundle"));
  const until = new Date(headers.get("plumbline-valid-until") ?? "");
  return {
    bundle: headers.get("plumbline-bundle"),
    version: headers.get("plumbline-version"),
    snapshot: numberIn(headers.get("plumbline-snapshot")),
    hotPatches: (headers.get("plumbline-hot-patch") ?? "").split(/[\s,]+/).flatMap((one) => numberIn(one) ?? []),
    validUntil: Number.isNaN(until.getTime()) ? null : until,
  };
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function optional(bundle: string | null): Partial<Names> {
  return bundle === null ? {} : { bundle };
}

function parse(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function digestIfAny(document: JsonObject): string | null {
  try {
    return digestOf(document);
  } catch {
    return null;
  }
}

function failed(message: string): Fetched {
  return { kind: "failed", message };
}
