import { bodyOf, changesToSend, type Filing, type Refused, refusedBy } from "#components/hot-patches/file/filing.ts";
import { followKept, forget, type KeptFiling, keep, keptFilings } from "#components/hot-patches/file/kept.ts";

/** What became of a filing. `unreachable`: it is still to be sent. */
type Sent =
  | { readonly is: "filed"; readonly number: number; readonly name: string; readonly isInForce: boolean }
  | { readonly is: "refused"; readonly refused: Refused }
  | { readonly is: "unreachable" };

/** Milliseconds between two tries while something waits. */
const RETRY = 15_000;
/** What has waited longer than this is not sent by itself any more: the incident may have gone on without it. */
const STALE = 30 * 60_000;

const TRY_AGAIN: readonly number[] = [408, 429, 502, 503, 504];

export function apiPath(filing: Pick<Filing, "system" | "environment">, rest: string): string {
  const place = `${encodeURIComponent(filing.system)}/environments/${encodeURIComponent(filing.environment)}`;
  return `/api/v1/systems/${place}/${rest}`;
}

async function send(filing: Filing): Promise<Sent> {
  let answer: Response;
  try {
    answer = await fetch(apiPath(filing, "hot-patches"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(bodyOf(filing)),
      signal: AbortSignal.timeout(RETRY),
    });
  } catch (error) {
    // No connection, or no answer in time.
    if (error instanceof TypeError || error instanceof DOMException) return { is: "unreachable" };
    throw error;
  }
  if (TRY_AGAIN.includes(answer.status)) return { is: "unreachable" };
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) return { is: "refused", refused: refusalOf(answer.status, body, filing) };
  const filed = body as { readonly number: number; readonly name: string; readonly state: string };
  return { is: "filed", number: filed.number, name: filed.name, isInForce: filed.state === "active" };
}

function refusalOf(status: number, body: unknown, filing: Filing): Refused {
  if (status !== 401)
    return refusedBy(
      body,
      changesToSend(filing).map((change) => change.pointer),
    );
  return { message: "You are signed out. Sign in in another tab, then send it again.", fields: {}, parameters: {} };
}

export type Announced = { readonly filing: Filing; readonly sent: Exclude<Sent, { is: "unreachable" }> };

const CHANNEL = "plumbline:filed";

/** Hears what became of every filing, in whichever window it was sent. @returns how to stop */
export function hearFilings(then: (announced: Announced) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", (event: MessageEvent<Announced>) => then(event.data));
  return () => channel.close();
}

function announce(announced: Announced): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(announced);
  channel.close();
}

/** In one window at a time, where the browser can tell. */
async function alone(personId: string, work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request(`plumbline:filings:${personId}`, work);
  else await work();
}

/** Sends what waits, one after the other. */
async function sendWaiting(personId: string): Promise<void> {
  for (const { filing } of keptFilings(personId)) {
    const kept = waitingOne(personId, filing.clientKey);
    if (kept) await sendOne(personId, kept);
  }
}

function waitingOne(personId: string, clientKey: string): KeptFiling | undefined {
  return keptFilings(personId).find((one) => one.state === "waiting" && one.filing.clientKey === clientKey);
}

const TOO_LATE: Refused = {
  message: "It waited too long for a connection, so it was not sent. See whether it is still right, and send it.",
  fields: {},
  parameters: {},
};

async function sendOne(personId: string, { filing, at }: KeptFiling): Promise<void> {
  const isStale = Date.now() - Date.parse(at) > STALE;
  const sent: Sent = isStale ? { is: "refused", refused: TOO_LATE } : await send(filing);
  if (sent.is === "unreachable") return;
  if (sent.is === "filed") forget(personId, filing.clientKey);
  else if (waitingOne(personId, filing.clientKey)) {
    keep(personId, { filing, state: "draft", at: new Date().toISOString(), refused: sent.refused });
  }
  announce({ filing, sent });
}

/** What waited when this window looked last: it has tried to send that already. */
let tried: ReadonlySet<string> = new Set();
let running: string | null = null;

/** Sends whatever waits: at once, when the connection is back, and now and then. Runs for as long as the window does. */
export function startOutbox(personId: string): void {
  if (running === personId) return;
  running = personId;
  const again = () => {
    if (running === personId) alone(personId, () => sendWaiting(personId));
  };
  addEventListener("online", again);
  setInterval(() => keptFilings(personId).some((one) => one.state === "waiting") && again(), RETRY);
  // What was typed meanwhile is no reason to try again.
  followKept(() => {
    const waiting = keptFilings(personId).filter((one) => one.state === "waiting");
    const isFresh = waiting.some((one) => !tried.has(one.filing.clientKey));
    tried = new Set(waiting.map((one) => one.filing.clientKey));
    if (isFresh) again();
  });
  again();
}
