"use client";

import { useMemo, useSyncExternalStore } from "react";
import { type Filing, filingFrom, keepable, type Refused } from "#components/hot-patches/file/filing.ts";

/** draft: being typed · waiting: to be sent as soon as there is a connection */
export type KeptFiling = {
  readonly filing: Filing;
  readonly state: "draft" | "waiting";
  /** ISO 8601: when it was typed last, or when it began to wait. */
  readonly at: string;
  /** Why it was not taken the last time. */
  readonly refused: Refused | null;
};

const MOST = 10;
const CHANGED = "plumbline:filings";

/** What a browser that refuses its storage keeps for as long as the page is open. */
const memory = new Map<string, string>();

const keyOf = (personId: string) => `plumbline:hot-patches:${personId}`;

function readText(key: string): string {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? "";
  } catch (error) {
    if (error instanceof DOMException) return memory.get(key) ?? "";
    throw error;
  }
}

function writeText(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
    memory.delete(key);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    memory.set(key, text);
  }
  dispatchEvent(new Event(CHANGED));
}

function keptFrom(text: string): readonly KeptFiling[] {
  if (text === "") return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    // Cut off, or not ours: as good as nothing.
    return [];
  }
  return (Array.isArray(list) ? list : []).flatMap((one: Partial<Record<keyof KeptFiling, unknown>> | null) => {
    const filing = filingFrom(one?.filing);
    if (!filing || typeof one?.at !== "string") return [];
    const state = one.state === "waiting" ? "waiting" : "draft";
    return [{ filing, state, at: one.at, refused: (one.refused ?? null) as Refused | null }];
  });
}

/** What this device keeps for a person, the newest first. */
export function keptFilings(personId: string): readonly KeptFiling[] {
  return keptFrom(readText(keyOf(personId)));
}

/** Keeps a filing, without what looks like a key, in the place of what was kept of it before. */
export function keep(personId: string, one: KeptFiling): void {
  const others = keptFilings(personId).filter((kept) => kept.filing.clientKey !== one.filing.clientKey);
  const all = [{ ...one, filing: keepable(one.filing) }, ...others].slice(0, MOST);
  writeText(keyOf(personId), JSON.stringify(all));
}

export function forget(personId: string, clientKey: string): void {
  const kept = keptFilings(personId);
  const left = kept.filter((one) => one.filing.clientKey !== clientKey);
  if (left.length < kept.length) writeText(keyOf(personId), JSON.stringify(left));
}

/** @returns how to stop following; other windows are followed too */
export function followKept(changed: () => void): () => void {
  addEventListener(CHANGED, changed);
  addEventListener("storage", changed);
  return () => {
    removeEventListener(CHANGED, changed);
    removeEventListener("storage", changed);
  };
}

/** What this device keeps, followed. Nothing on the server. */
export function useKept(personId: string): readonly KeptFiling[] {
  const text = useSyncExternalStore(
    followKept,
    () => readText(keyOf(personId)),
    () => "",
  );
  return useMemo(() => keptFrom(text), [text]);
}
