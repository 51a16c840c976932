"use client";

import { useSyncExternalStore } from "react";

const KEY = "plumbline:single-keys";
const CHANGED = "plumbline:single-keys-changed";

/** Whether single-key shortcuts are wanted on this machine; they are, unless turned off (WCAG 2.1.4). */
export function areKeysOn(): boolean {
  return localStorage.getItem(KEY) !== "off";
}

export function turnKeys(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, "off");
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

export function useKeysOn(): boolean {
  return useSyncExternalStore(subscribe, areKeysOn, () => true);
}
