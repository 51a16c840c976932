import { lookup } from "node:dns/promises";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { env } from "#lib/platform/env.ts";
import { isAllowedNetwork, literalOf, mayReach, type Network, parseNetworks, unreachable } from "./address.ts";

/** Milliseconds from the first look-up to the answer's status. */
const PATIENCE = 10_000;

type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string };
type Address = { readonly address: string; readonly family: number };
/** The addresses of a name, as they are at this moment. */
type Resolve = (name: string) => Promise<readonly Address[]>;
type How = { readonly signal: AbortSignal; readonly resolve?: Resolve };

const resolveName: Resolve = (name) =>
  lookup(name, { all: true }).catch(() => {
    throw new Error(`No address is known for ${name}`);
  });

/** Networks that are not on the Internet and may be sent to nevertheless. */
export function allowedNetworks(): readonly Network[] {
  return parseNetworks(env().PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS);
}

/**
 * Posts JSON and answers the status. The name is looked up once; every address that it has is checked, and the
 * connection is made to one of the addresses that were checked, so that a second answer of the name server changes
 * nothing. Redirects are not followed, the answer's body is not read, certificates are verified.
 * @throws when nobody answers in time, or the address may not be reached
 */
export async function post(url: URL, { headers, body }: Message, how: How): Promise<number> {
  const late = AbortSignal.any([how.signal, AbortSignal.timeout(PATIENCE)]);
  const addresses = await orLate(addressesOf(url, how.resolve ?? resolveName), late);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: "POST",
      agent: false,
      rejectUnauthorized: true,
      lookup: answering(addresses),
      signal: late,
      headers: {
        ...headers,
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(body),
        "User-Agent": "Plumbline",
      },
    });
    request.on("response", (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on("error", (error) => reject(late.aborted ? noAnswer() : inWords(error, url)));
    // Nothing happens after what was settled; an answer that changes the protocol comes without either.
    request.on("close", () => reject(new Error(`${url.host} closed the connection without an answer`)));
    request.end(body);
  });
}

function noAnswer(): Error {
  return new Error(`There was no answer within ${PATIENCE / 1_000} seconds`);
}

/** What people can do something about, without the words of the system call. */
function inWords(error: Error & { readonly code?: string }, { host }: URL): Error {
  if (error.code === "ECONNREFUSED") return new Error(`Nothing takes connections at ${host}`);
  if (error.code === "ECONNRESET") return new Error(`${host} closed the connection without an answer`);
  return error;
}

/** A look-up cannot be called off; its answer is no longer waited for. */
function orLate<T>(work: Promise<T>, late: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    late.addEventListener("abort", () => reject(noAnswer()), { once: true });
    work.then(resolve, reject);
  });
}

async function addressesOf(url: URL, resolve: Resolve): Promise<readonly Address[]> {
  const allowed = allowedNetworks();
  const literal = literalOf(url);
  const found =
    literal === null ? await resolve(url.hostname) : [{ address: literal, family: literal.includes(":") ? 6 : 4 }];
  for (const { address } of found) {
    if (!mayReach(address, allowed)) throw new Error(unreachable(address));
    if (url.protocol === "http:" && !isAllowedNetwork(address, allowed)) {
      throw new Error("Without https:// only networks of PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS are sent to");
    }
  }
  return found;
}

/** Answers the connection's own look-up with what was checked. */
function answering(addresses: readonly Address[]): LookupFunction {
  return (_, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, [...addresses]);
    else if (first) done(null, first.address, first.family);
    else done(new Error("The name has no address"), "", 0);
  };
}
