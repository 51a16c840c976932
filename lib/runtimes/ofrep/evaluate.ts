import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { sha256 } from "#lib/kernel/digest.ts";
import { pauseFor } from "#lib/platform/loop.ts";
import { fetcherOf } from "../delivery/admission.ts";
import type { Exchange, Means } from "../delivery/means.ts";
import { accepts, isNamedBy } from "../delivery/representations.ts";
import { sendJson } from "../delivery/sending.ts";
import type { ServedEnvironment } from "../delivery/served.ts";
import type { RuntimeCaller } from "../model.ts";
import { CORS } from "./answers.ts";
import { capabilityEnd, signCapability } from "./capability.ts";
import { evaluateKey, evaluateSplits, offerOf } from "./offer.ts";
import { readContext } from "./requests.ts";

/** What evaluating needs besides: the key that addresses of event streams are signed with. */
export type OfrepMeans = Means & { readonly streamKey: Buffer };

const compress = promisify(gzip);
/** Smaller ones travel in few packets anyway. */
const LEAST_COMPRESSED = 4_096;
/** How long a request waits at most for news that it has heard of before we have, in milliseconds. */
const PATIENCE = 500;
/** Clients that nobody looks at let go of their stream after so many seconds. */
const INACTIVITY_SECONDS = 120;

/** `POST /ofrep/v1/evaluate/flags/{key}`: one flag, for whoever the context names. */
export async function answerOne(means: OfrepMeans, exchange: Exchange, key: string): Promise<void> {
  const caller = await fetcherOf(means, exchange);
  const context = await readContext(exchange);
  if ("errorCode" in context) {
    sendJson(exchange.response, 400, { key, ...context }, CORS);
    return;
  }
  const offer = offerOf(await means.memory.environment(caller.environmentId), exchange.query.get("bundle"));
  const found = evaluateKey(offer, key, context.targetingKey);
  const status = "errorCode" in found ? (found.errorCode === "FLAG_NOT_FOUND" ? 404 : 400) : 200;
  sendJson(exchange.response, status, found, CORS);
}

/** `POST /ofrep/v1/evaluate/flags`: every flag at once, or that nothing has changed for this context. */
export async function answerAll(means: OfrepMeans, exchange: Exchange): Promise<void> {
  const caller = await fetcherOf(means, exchange);
  const context = await readContext(exchange);
  if ("errorCode" in context) {
    sendJson(exchange.response, 400, context, CORS);
    return;
  }
  const { targetingKey } = context;
  const offer = offerOf(await environmentFor(means, exchange, caller), exchange.query.get("bundle"));
  const own = evaluateSplits(offer, targetingKey).map((one) => JSON.stringify(one));
  const flags = [offer.fixed, ...own].filter((part) => part !== "").join(",");
  const rest = `"metadata":${JSON.stringify(offer.metadata)},"eventStreams":${JSON.stringify([
    eventStream(means, caller, targetingKey),
  ])}`;
  const etag = `"${sha256([offer.fixedDigest, ...own, rest].join("\n")).toString("hex")}"`;
  await sendAll(exchange, etag, `{"flags":[${flags}],${rest}}`);
}

async function sendAll({ request, response }: Exchange, etag: string, text: string): Promise<void> {
  const headers = { ...CORS, ETag: etag, "Cache-Control": "private, no-cache", Vary: "Accept-Encoding" };
  if (isNamedBy(etag, request.headers["if-none-match"])) {
    response.writeHead(304, headers).end();
    return;
  }
  const isWanted = accepts(String(request.headers["accept-encoding"] ?? ""), "gzip") && text.length > LEAST_COMPRESSED;
  const body = isWanted ? await compress(text, { level: 1 }) : Buffer.from(text);
  response
    .writeHead(200, {
      ...headers,
      ...(isWanted && { "Content-Encoding": "gzip" }),
      "Content-Type": "application/json",
      "Content-Length": body.length,
      "X-Content-Type-Options": "nosniff",
    })
    .end(body);
}

/**
 * A client that was told of a change by another process may come here before we were told: it names what it was told
 * of, and we look, but not for long.
 */
async function environmentFor(
  { memory }: Means,
  { query }: Exchange,
  { environmentId }: RuntimeCaller,
): Promise<ServedEnvironment> {
  const held = await memory.environment(environmentId);
  const told = query.get("flagConfigEtag");
  if (told === null || told === held.etag) return held;
  const ending = new AbortController();
  await Promise.race([memory.refresh(environmentId), pauseFor(PATIENCE, ending.signal)]);
  ending.abort();
  return memory.environment(environmentId);
}

/** Where this client hears of changes. The address lets in whoever has it, so it does not live long. */
function eventStream(
  { streamKey, clock }: OfrepMeans,
  { tokenId, environment }: RuntimeCaller,
  targetingKey: string | null,
) {
  const expiresAt = capabilityEnd(`${tokenId} ${targetingKey ?? ""}`, clock());
  const requestUri = `/ofrep/v1/streams/${signCapability({ tokenId, environment, expiresAt }, streamKey)}`;
  return { type: "sse", inactivityDelaySec: INACTIVITY_SECONDS, endpoint: { requestUri } };
}
