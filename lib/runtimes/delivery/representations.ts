import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import type { DeclaredState } from "../declared.ts";

/** One way of sending a configuration: `headers` as Node takes them raw, names and values in turn; it does not write to them. */
export type Representation = { readonly headers: string[]; readonly body: Buffer };

/** A configuration as it goes over the wire: made once, sent often. */
export type Representations = {
  readonly etag: string;
  readonly notModified: string[];
  readonly identity: Representation;
  /** Null until they are made, and for what is too small to gain by it. */
  gzip: Representation | null;
  br: Representation | null;
};

/** Smaller ones travel in one packet anyway. */
const LEAST_COMPRESSED = 1_024;
const compress = { gzip: promisify(gzip), br: promisify(brotliCompress) };
const settings = { gzip: { level: 6 }, br: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } };

export type Described = { readonly slug: string; readonly version: string; readonly state: DeclaredState };

/**
 * Ready to be sent as it is; the compressed forms follow a moment later. Where `before` has the same content, its bytes
 * serve again.
 */
export function representationsOf(described: Described, before: Representations | null): Representations {
  const etag = `"${described.state.servedDigest}"`;
  const validators = headersOf(described, etag);
  const isSame = before?.etag === etag;
  const body = isSame ? before.identity.body : Buffer.from(canonicalJson(described.state.served));
  const identity = represent(validators, body);
  const made: Representations = { etag, notModified: validators, identity, gzip: null, br: null };
  if (isSame && before.gzip && before.br) {
    made.gzip = represent(validators, before.gzip.body, "gzip");
    made.br = represent(validators, before.br.body, "br");
  } else if (body.length >= LEAST_COMPRESSED) {
    void compress.gzip(body, settings.gzip).then((bytes) => {
      made.gzip = represent(validators, bytes, "gzip");
    });
    void compress.br(body, settings.br).then((bytes) => {
      made.br = represent(validators, bytes, "br");
    });
  }
  return made;
}

function headersOf({ slug, version, state }: Described, etag: string): string[] {
  const { snapshot, servedDigest, patches, validUntil } = state;
  return [
    ...["ETag", etag, "Cache-Control", "private, no-cache", "Vary", "Accept-Encoding"],
    ...["Plumbline-Bundle", slug, "Plumbline-Version", version],
    ...["Plumbline-Snapshot", String(snapshot.number), "Plumbline-Digest", servedDigest],
    ...(patches.length > 0 ? ["Plumbline-Hot-Patch", patches.map(({ number }) => number).join(", ")] : []),
    ...(validUntil ? ["Plumbline-Valid-Until", validUntil.toISOString()] : []),
  ];
}

function represent(validators: readonly string[], body: Buffer, encoding?: "gzip" | "br"): Representation {
  const headers = [
    ...validators,
    ...["Content-Type", "application/json", "Content-Length", String(body.length), "X-Content-Type-Options", "nosniff"],
    ...(encoding ? ["Content-Encoding", encoding] : []),
  ];
  return { headers, body };
}

/** The smallest form that whoever asks can read (RFC 9110 §12.5.3). */
export function chosenFor(made: Representations, acceptEncoding: string | undefined): Representation {
  if (acceptEncoding === undefined) return made.identity;
  if (made.br && accepts(acceptEncoding, "br")) return made.br;
  if (made.gzip && accepts(acceptEncoding, "gzip")) return made.gzip;
  return made.identity;
}

/** Whether `Accept-Encoding` lets that encoding be used by its name. */
export function accepts(header: string, encoding: string): boolean {
  return header.split(",").some((part) => {
    const [name = "", ...parameters] = part.toLowerCase().split(";");
    return name.trim() === encoding && !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter));
  });
}

/** Whether `If-None-Match` names this content (RFC 9110 §13.1.2: compared weakly). */
export function isNamedBy(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch === "*") return true;
  return ifNoneMatch.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}
