import { flagsOf } from "#lib/bundles/flags.ts";
import { parametersOfKind } from "#lib/bundles/parameters.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { Rules } from "#lib/systems/model.ts";

type Configuration = { readonly value: JsonObject; readonly rules: Rules; readonly bundle: string };

/** fresh: lives on · soon: ends within two weeks · stale: past its end · endless: has no end that can be read */
export type FlagStanding = "fresh" | "soon" | "stale" | "endless";

const SOON = 14 * 86_400_000;

/** Where a flag stands in its life; only the last one is as it should be. */
export function standingOf(expires: Date | null, now: Date): FlagStanding {
  if (expires === null) return "endless";
  const left = expires.getTime() - now.getTime();
  if (left <= 0) return "stale";
  return left <= SOON ? "soon" : "fresh";
}

/** What decides how a configuration behaves beside its fixed settings, and in how many ways. */
export type Switch = { readonly pointer: string; readonly kind: "flag" | "experiment"; readonly ways: number };

/**
 * The flags and experiments of an effective configuration with the number of ways each can stand: a flag is on or off,
 * or one of the values that its schema lists; an experiment puts people into one of its variants, or into none.
 */
export function switchesOf(configuration: Configuration): readonly Switch[] {
  const flags = flagsOf(configuration).map(({ pointer }): Switch => ({ pointer, kind: "flag", ways: 2 }));
  const experiments = new Map<string, JsonObject>();
  for (const { pointer } of parametersOfKind("experiment", configuration)) {
    const root = pointer.split("/").slice(0, 3).join("/");
    const value = getAt(configuration.value, root);
    if (isJsonObject(value)) experiments.set(root, value);
  }
  return [...flags, ...[...experiments].map(([pointer, value]) => experimentAt(pointer, value))];
}

function experimentAt(pointer: string, experiment: JsonObject): Switch {
  const { variants } = experiment;
  const count = Array.isArray(variants) ? variants.length : isJsonObject(variants) ? Object.keys(variants).length : 0;
  return { pointer, kind: "experiment", ways: Math.max(2, count + 1) };
}

/** In how many ways the switches can stand together. Independent switches multiply; a big number stays exact. */
export function interactionSpace(switches: readonly Switch[]): bigint {
  return switches.reduce((product, one) => product * BigInt(one.ways), 1n);
}

/** Years of 31,556,952 seconds, as in the Gregorian calendar. */
const SECONDS_IN = { day: 86_400n, year: 31_556_952n } as const;
const SCALES = [
  [1_000_000_000_000n, "trillion"],
  [1_000_000_000n, "billion"],
  [1_000_000n, "million"],
] as const;

/** The size as people say it: `1`, `4,096`, `about 16 million`, `about 10^21`. */
export function sizeInWords(size: bigint): string {
  if (size < 1_000_000n) return size.toLocaleString("en");
  if (size >= 1_000_000_000_000_000n) return `about 10^${size.toString().length - 1}`;
  const scale = SCALES.find(([from]) => size >= from);
  return scale ? `about ${(size / scale[0]).toLocaleString("en")} ${scale[1]}` : size.toLocaleString("en");
}

/** How long trying each of them for a minute would take: what the number means to a person. */
export function effortInWords(size: bigint): string {
  const seconds = size * 60n;
  if (seconds < 3_600n) return `${size} ${size === 1n ? "minute" : "minutes"}`;
  if (seconds < SECONDS_IN.day) return `${seconds / 3_600n} hours`;
  if (seconds < SECONDS_IN.year) {
    const days = seconds / SECONDS_IN.day;
    return `${days} ${days === 1n ? "day" : "days"}`;
  }
  const years = seconds / SECONDS_IN.year;
  return years > 100_000n
    ? "longer than there have been people"
    : `${years.toLocaleString("en")} ${years === 1n ? "year" : "years"}`;
}

/** What a flag is set to, in a word: its state, its value, or both. */
export function flagSetting(flag: { readonly enabled: boolean | null; readonly value: Json | undefined }): string {
  const state = flag.enabled === null ? null : flag.enabled ? "on" : "off";
  const value =
    flag.value === undefined ? null : typeof flag.value === "string" ? flag.value : JSON.stringify(flag.value);
  if (state !== null && value !== null) return `${state}, ${value}`;
  return state ?? value ?? "says nothing";
}
