import { fetcherOf, secretOf } from "./admission.ts";
import { bundleAsked, servedOf } from "./bundle-asked.ts";
import type { Exchange, Means } from "./means.ts";
import { chosenFor, isNamedBy } from "./representations.ts";
import type { ServedEnvironment } from "./served.ts";

/** `GET /runtime/v1/configuration`: the whole configuration of a bundle, or that it has not changed. */
export async function answerConfiguration(means: Means, exchange: Exchange): Promise<void> {
  const caller = await fetcherOf(means, exchange);
  sendConfiguration(exchange, await means.memory.environment(caller.environmentId));
}

/**
 * The same in one go where everything needed is in memory, as for nearly every request: waiting for what is there
 * already would cost a good part of the answer. @returns whether it answered
 */
export function answerConfigurationAtOnce({ access, memory }: Means, exchange: Exchange): boolean {
  const caller = access.knownCaller(secretOf(exchange.request), exchange.query.get("environment"));
  const environment = caller?.mayFetch ? memory.known(caller.environmentId) : null;
  if (environment) sendConfiguration(exchange, environment);
  return environment !== null;
}

function sendConfiguration({ request, response, query }: Exchange, environment: ServedEnvironment): void {
  const { representations } = servedOf(bundleAsked(environment, query.get("bundle")), environment.environment);
  if (isNamedBy(representations.etag, request.headers["if-none-match"])) {
    response.writeHead(304, representations.notModified).end();
    return;
  }
  const { headers, body } = chosenFor(representations, acceptedBy(request.headers["accept-encoding"]));
  response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
}

function acceptedBy(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.join(",");
}
