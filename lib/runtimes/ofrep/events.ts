import { stranger } from "../access.ts";
import type { Exchange } from "../delivery/means.ts";
import type { ServedEnvironment } from "../delivery/served.ts";
import { CORS } from "./answers.ts";
import { readCapability } from "./capability.ts";
import type { OfrepMeans } from "./evaluate.ts";

/**
 * `GET /ofrep/v1/streams/{capability}`: says that flags have changed, never what they are. Whoever comes is told at once
 * unless its `Last-Event-ID` shows that it knows: clients do not ask again by themselves when a stream opens, and
 * something may have changed since they last did.
 */
export async function answerEvents(means: OfrepMeans, exchange: Exchange, signed: string): Promise<void> {
  const { request, response } = exchange;
  const capability = readCapability(signed, means.streamKey, means.clock());
  if (!capability) throw stranger;
  const { tokenId, environment, expiresAt } = capability;
  const caller = await means.access.callerOfId(tokenId, environment);
  if (!caller.mayFetch) throw stranger;
  await means.memory.environment(caller.environmentId);
  let known = request.headers["last-event-id"] ?? "";
  let unfollow = () => {};
  const stream = means.streams.open({
    response,
    headers: CORS,
    mayGoOn: () => means.clock() < expiresAt && means.access.isHolding(tokenId),
    onEnd: () => unfollow(),
  });
  const tell = (served: ServedEnvironment) => {
    const id = idOf(served);
    if (id === known) return;
    known = id;
    stream.send(frameOf(served));
  };
  unfollow = means.memory.follow(caller.environmentId, tell);
  tell(await means.memory.environment(caller.environmentId));
}

function idOf({ etag }: ServedEnvironment): string {
  return etag.replaceAll('"', "");
}

function frameOf(served: ServedEnvironment): string {
  const lastModified = Math.floor(served.changedAt.getTime() / 1_000);
  const data = JSON.stringify({ type: "refetchEvaluation", etag: served.etag, lastModified });
  return `id: ${idOf(served)}\nevent: message\ndata: ${data}\n\n`;
}
