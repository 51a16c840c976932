import type { RuntimeCaller } from "../model.ts";
import { fetcherOf } from "./admission.ts";
import { bundleAsked } from "./bundle-asked.ts";
import type { Exchange, Means } from "./means.ts";
import type { AskedRestore, ServedBundle, ServedEnvironment } from "./served.ts";

/**
 * `GET /runtime/v1/stream`: says at once what is served, and again whenever that changes; and what the runtime is asked
 * to restore. A client that comes again with `Last-Event-ID` is told only what it does not have.
 */
export async function answerStream(means: Means, exchange: Exchange): Promise<void> {
  const { request, response, query } = exchange;
  const caller = await fetcherOf(means, exchange);
  const environment = await means.memory.environment(caller.environmentId);
  const { slug } = bundleAsked(environment, query.get("bundle"));
  const news = newsSince(request.headers["last-event-id"]);
  let unfollow = () => {};
  const stream = means.streams.open({
    response,
    mayGoOn: () => isStillWelcome(means, caller),
    onEnd: () => unfollow(),
  });
  const tell = ({ bundles }: ServedEnvironment) => {
    const bundle = bundles.find((one) => one.slug === slug);
    const frames = bundle ? news(bundle) : "";
    if (frames !== "") stream.send(frames);
  };
  unfollow = means.memory.follow(caller.environmentId, tell);
  // What has changed while it was opened is told too.
  tell(await means.memory.environment(caller.environmentId));
}

function isStillWelcome({ access }: Means, { tokenId }: RuntimeCaller): boolean {
  return access.isHolding(tokenId);
}

/** Turns what a bundle serves into the frames that this reader has not had yet. */
function newsSince(lastEventId: string | readonly string[] | undefined): (bundle: ServedBundle) => string {
  let served = "";
  let restore = "";
  let had = typeof lastEventId === "string" ? lastEventId : null;
  return (bundle) => {
    const frame = bundle.served?.frame ?? "";
    const isKnown = frame === served || bundle.served?.state.servedDigest === had;
    had = null;
    served = frame;
    const asked = bundle.restore ? `${bundle.restore.id} ${bundle.restore.attempt}` : "";
    const isAsked = asked === restore;
    restore = asked;
    return (isKnown ? "" : frame) + (isAsked || !bundle.restore ? "" : frameOfRestore(bundle.restore));
  };
}

function frameOfRestore({ id, expected, target }: AskedRestore): string {
  return `event: restore\ndata: ${JSON.stringify({ id, expected, target })}\n\n`;
}
