"use client";

import { useSyncExternalStore } from "react";

const CHANGED = "plumbline:stored";

/** What this machine keeps under a name; null: nothing. */
export function readStored(key: string): string | null {
  return localStorage.getItem(key);
}

export function writeStored(key: string, value: string | null): void {
  if (value === null || value === "") localStorage.removeItem(key);
  else localStorage.setItem(key, value);
  dispatchEvent(new Event(CHANGED));
}

const subscribe = (changed: () => void) => {
  addEventListener(CHANGED, changed);
  addEventListener("storage", changed);
  return () => {
    removeEventListener(CHANGED, changed);
    removeEventListener("storage", changed);
  };
};

/** The same, followed: by other parts of the page and by other windows. Null on the server. */
export function useStored(key: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => readStored(key),
    () => null,
  );
}
