import { fetcherOf } from "./admission.ts";
import { bundleAsked, servedOf } from "./bundle-asked.ts";
import type { Exchange, Means } from "./means.ts";
import { chosenFor, isNamedBy } from "./representations.ts";

/** `GET /runtime/v1/configuration`: the whole configuration of a bundle, or that it has not changed. */
export async function answerConfiguration(means: Means, exchange: Exchange): Promise<void> {
  const { request, response, query } = exchange;
  const caller = await fetcherOf(means, exchange);
  const environment = await means.memory.environment(caller.environmentId);
  const { representations } = servedOf(bundleAsked(environment, query.get("bundle")), caller.environment);
  if (isNamedBy(representations.etag, request.headers["if-none-match"])) {
    response.writeHead(304, [...representations.notModified]).end();
    return;
  }
  const { headers, body } = chosenFor(representations, acceptedBy(request.headers["accept-encoding"]));
  response.writeHead(200, [...headers]).end(request.method === "HEAD" ? undefined : body);
}

function acceptedBy(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.join(",");
}
