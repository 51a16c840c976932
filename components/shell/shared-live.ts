import { keepLive } from "./keep-live.ts";

type Follower = Parameters<typeof keepLive>[0];

const followers = new Set<Follower>();
let stop: (() => void) | null = null;

/** One stream for every part of a page that follows changes. It begins again with the oldest of them when one comes. @returns how to stop */
export function followChanges(follower: Follower): () => void {
  followers.add(follower);
  begin();
  return () => {
    followers.delete(follower);
    if (followers.size === 0) end();
  };
}

function begin(): void {
  end();
  stop = keepLive({
    madeAt: () => Math.min(...[...followers].map((one) => one.madeAt())),
    refresh: () => {
      for (const one of followers) one.refresh();
    },
  });
}

function end(): void {
  stop?.();
  stop = null;
}
