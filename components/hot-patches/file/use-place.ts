"use client";

import { useEffect, useState } from "react";
import type { Filing } from "#components/hot-patches/file/filing.ts";
import { apiPath } from "#components/hot-patches/file/outbox.ts";
import type { PatchableParameter } from "#lib/hot-patches/queries/prepare-hot-patch.ts";

/** What a place offers to a patch. */
export type PlaceOffer = {
  readonly parameters: readonly PatchableParameter[];
  readonly policy: { readonly defaultMinutes: number; readonly maxMinutes: number; readonly revertsAtExpiry: boolean };
};

/** unchosen: no place was chosen yet · unreachable: there is no connection · refused: the server said why */
export type PlaceState =
  | { readonly is: "unchosen" }
  | { readonly is: "loading" }
  | { readonly is: "there"; readonly offer: PlaceOffer }
  | { readonly is: "unreachable" }
  | { readonly is: "refused"; readonly message: string };

type Place = Pick<Filing, "system" | "environment" | "bundle">;

async function load(place: Place, signal: AbortSignal): Promise<PlaceState> {
  const query = place.bundle === "" ? "" : `?${new URLSearchParams({ bundle: place.bundle })}`;
  const answer = await fetch(`${apiPath(place, "patchable-parameters")}${query}`, { signal });
  const body: unknown = await answer.json();
  if (answer.ok) return { is: "there", offer: body as PlaceOffer };
  const { detail } = body as { readonly detail?: string };
  return { is: "refused", message: detail ?? "What can be patched there could not be read" };
}

/** What can be patched in a place; `first` came with the page. Read again when the place changes, and when the connection is back. */
export function usePlace(
  { system, environment, bundle }: Place,
  {
    isOnline,
    first,
  }: { readonly isOnline: boolean; readonly first: { readonly place: Place; readonly offer: PlaceOffer | null } },
): PlaceState {
  const key = `${system}/${environment}/${bundle}`;
  const [known, setKnown] = useState<{ readonly key: string; readonly state: PlaceState }>(() => ({
    key: `${first.place.system}/${first.place.environment}/${first.place.bundle}`,
    state: first.offer ? { is: "there", offer: first.offer } : { is: "unchosen" },
  }));
  const isKnown = known.key === key && known.state.is === "there";
  useEffect(() => {
    if (isKnown || !isOnline || environment === "") return;
    const stop = new AbortController();
    const place = { system, environment, bundle };
    load(place, stop.signal).then(
      (state) => setKnown({ key, state }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
        setKnown({ key, state: { is: "unreachable" } });
      },
    );
    return () => stop.abort();
  }, [key, system, environment, bundle, isKnown, isOnline]);
  if (environment === "") return { is: "unchosen" };
  if (known.key === key) return known.state;
  return isOnline ? { is: "loading" } : { is: "unreachable" };
}
