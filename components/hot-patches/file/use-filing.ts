"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import {
  type Filing,
  faultsIn,
  isEmptyFiling,
  type Refused,
  type WantedChange,
} from "#components/hot-patches/file/filing.ts";
import { forget, type KeptFiling, keep, keptFilings, useKept } from "#components/hot-patches/file/kept.ts";
import { hearFilings, startOutbox } from "#components/hot-patches/file/outbox.ts";
import { type ChosenPlace, PLACE_COOKIE } from "#components/hot-patches/file/places.ts";
import type { PlaceState } from "#components/hot-patches/file/use-place.ts";
import { toRoute } from "#components/ui/route.ts";
import { jsonEqual } from "#lib/kernel/json.ts";

/** What the address asks for. */
export type Wish = Partial<Record<"system" | "environment" | "bundle" | "pointer" | "incident", string>>;

/** `place`: where it begins, unless something else was kept. */
type Start = { readonly personId: string; readonly place: ChosenPlace; readonly wish: Wish };

const YEAR = 31_536_000_000;

/** So that the next filing begins there; a browser that keeps no such cookie begins with none. */
function rememberPlace({ system, environment, bundle }: ChosenPlace): void {
  if (!("cookieStore" in globalThis)) return;
  const value = `${system}/${environment}/${bundle}`;
  cookieStore.set({ name: PLACE_COOKIE, value, path: "/hot-patches", expires: Date.now() + YEAR, sameSite: "lax" });
}

/** Random, also where the page did not come over TLS. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function emptyFiling(place: ChosenPlace, incident = ""): Filing {
  return { clientKey: "", ...place, incident, level: "sev2", reason: "", changes: [], minutes: null };
}

/** What was kept and fits the address, or else a new one. */
function startingWith({ personId, place, wish }: Start): KeptFiling | Filing {
  const isFor = ({ filing }: KeptFiling) =>
    wish.system === undefined ||
    (filing.system === place.system && filing.environment === place.environment && filing.bundle === place.bundle);
  const kept = keptFilings(personId).find(isFor);
  return kept ?? { ...emptyFiling(place, wish.incident), clientKey: newKey() };
}

/** Everything that is typed, kept on this device with every key, and sent once. */
export function useFiling(start: Start) {
  const { personId, place, wish } = start;
  const router = useRouter();
  const [filing, setFiling] = useState<Filing>(() => emptyFiling(place, wish.incident));
  // What is sent must be what was typed last, whether or not it was rendered yet.
  const latest = useRef(filing);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [refusals, setRefusals] = useState(0);
  const kept = useKept(personId);
  const own = kept.find((one) => one.filing.clientKey === filing.clientKey);

  const show = useCallback((next: Filing) => {
    latest.current = next;
    setFiling(next);
  }, []);

  const open = useCallback(
    (one: KeptFiling | Filing) => {
      show("filing" in one ? one.filing : one);
      setRefused("filing" in one ? one.refused : null);
    },
    [show],
  );

  const begin = useEffectEvent(() => {
    startOutbox(personId);
    open(startingWith(start));
  });
  useEffect(() => begin(), []);

  const refuse = useCallback((why: Refused) => {
    setRefused(why);
    setRefusals((count) => count + 1);
  }, []);

  useEffect(
    () =>
      hearFilings(({ filing: { clientKey }, sent }) => {
        if (clientKey !== latest.current.clientKey) return;
        if (sent.is === "filed") router.push(toRoute(`/hot-patches/${sent.number}`));
        else refuse(sent.refused);
      }),
    [router, refuse],
  );

  const update = useCallback(
    (change: Partial<Filing>) => {
      const next = { ...latest.current, clientKey: latest.current.clientKey || newKey(), ...change };
      show(next);
      setRefused((before) => before && without(before, change));
      if (isEmptyFiling(next)) forget(personId, next.clientKey);
      else keep(personId, { filing: next, state: "draft", at: new Date().toISOString(), refused: null });
    },
    [personId, show],
  );

  return {
    filing,
    refused,
    /** Counts up each time that something was refused. */
    refusals,
    isKept: own !== undefined,
    isWaiting: own?.state === "waiting",
    /** What else this device keeps. */
    others: kept.filter((one) => one.filing.clientKey !== filing.clientKey),
    update,
    open,
    setChange: (pointer: string, change: WantedChange | null) => {
      const changes = latest.current.changes.flatMap((one) => (one.pointer === pointer ? (change ?? []) : one));
      update({ changes });
    },
    choose: (change: WantedChange) => update({ changes: [...latest.current.changes, change] }),
    /** What the place says of the chosen parameters, which may be other than when they were chosen. */
    refreshFrom: (state: PlaceState) => {
      const next = withServed(latest.current, state);
      if (next !== latest.current) show(next);
    },
    submit: () => {
      const faults = faultsIn(latest.current);
      if (faults) return refuse(faults);
      setRefused(null);
      rememberPlace(latest.current);
      keep(personId, { filing: latest.current, state: "waiting", at: new Date().toISOString(), refused: null });
    },
    /** It may have arrived all the same, so that what is sent next is another filing. */
    takeBack: () => {
      forget(personId, latest.current.clientKey);
      update({ clientKey: newKey() });
    },
    drop: (clientKey: string) => {
      forget(personId, clientKey);
      if (clientKey === latest.current.clientKey) {
        const { system, environment, bundle } = latest.current;
        open({ ...emptyFiling({ system, environment, bundle }), clientKey: newKey() });
      }
    },
  };
}

/** Refusals of what was changed since are no longer shown. */
function without(refused: Refused, change: Partial<Filing>): Refused {
  const fields = Object.fromEntries(Object.entries(refused.fields).filter(([name]) => !(name in change)));
  return { ...refused, fields, parameters: "changes" in change ? {} : refused.parameters };
}

function withServed(filing: Filing, state: PlaceState): Filing {
  if (state.is !== "there") return filing;
  const { parameters } = state.offer;
  const changes = filing.changes.map((change): WantedChange => {
    const served = parameters.find((one) => one.pointer === change.pointer);
    if (served?.title === change.title && jsonEqual(served.value, change.before)) return change;
    const { before: _, ...rest } = change;
    return {
      ...rest,
      title: served?.title ?? change.title,
      ...(served?.value !== undefined && { before: served.value }),
    };
  });
  return changes.every((change, at) => change === filing.changes[at]) ? filing : { ...filing, changes };
}
