import { database } from "#lib/platform/db.ts";
import { listen } from "#lib/platform/listen.ts";
import { log } from "#lib/platform/log.ts";

/** Something that the console shows has changed: in one environment, or, with null, anywhere. */
export type BoardEvent = { readonly environmentId: string; readonly systemId: string } | null;
type Hear = (event: BoardEvent) => void;

const CHANNEL = "plumbline_board";

type Board = {
  readonly hearers: Set<Hear>;
  /** Systems of environments; an environment never moves. */
  readonly systemOf: Map<string, string>;
  /** When each environment last changed, by this process's clock. */
  readonly changedAt: Map<string, { readonly at: number; readonly systemId: string }>;
  /** Since when nothing was missed. */
  listeningSince: number;
};

declare global {
  /** One for the process, however many module graphs load this file. */
  var plumblineBoard: Board | undefined;
}

/** What this process hears of changes. The first who asks makes it listen, on one connection for all. */
function board(): Board {
  if (globalThis.plumblineBoard) return globalThis.plumblineBoard;
  const made: Board = { hearers: new Set(), systemOf: new Map(), changedAt: new Map(), listeningSince: Infinity };
  globalThis.plumblineBoard = made;
  listen([CHANNEL], (_, environmentId) => {
    if (environmentId === null) {
      made.listeningSince = Date.now();
      tell(made, null);
      return;
    }
    tellOf(made, environmentId).catch((error: unknown) => {
      log.warn({ err: error, environmentId }, "whose change it was is not known");
      tell(made, null);
    });
  });
  return made;
}

async function tellOf(to: Board, environmentId: string): Promise<void> {
  const at = Date.now();
  const systemId = to.systemOf.get(environmentId) ?? (await lookUpSystem(environmentId));
  if (systemId === null) return;
  to.systemOf.set(environmentId, systemId);
  to.changedAt.set(environmentId, { at, systemId });
  tell(to, { environmentId, systemId });
}

async function lookUpSystem(environmentId: string): Promise<string | null> {
  if (environmentId === "") return null;
  const row = await database().environment.findUnique({ where: { id: environmentId }, select: { systemId: true } });
  return row?.systemId ?? null;
}

function tell(to: Board, event: BoardEvent): void {
  for (const hear of to.hearers) hear(event);
}

/** Calls for every change from now on. @returns how to stop */
export function hearBoardEvents(hear: Hear): () => void {
  const { hearers } = board();
  hearers.add(hear);
  return () => {
    hearers.delete(hear);
  };
}

/**
 * Whether something in these systems (null: all) changed, or may have, since that moment in milliseconds since 1970.
 * Nobody knows what happened before this process listened.
 */
export function hasChangedSince(moment: number, systems: readonly string[] | null): boolean {
  const { listeningSince, changedAt } = board();
  if (moment < listeningSince) return true;
  return [...changedAt.values()].some(({ at, systemId }) => at >= moment && (systems?.includes(systemId) ?? true));
}
