import { parametersOf } from "#lib/bundles/parameters.ts";
import { isReference } from "#lib/bundles/reference.ts";
import { isEmptyObject, isJsonObject, type Json } from "#lib/kernel/json.ts";
import { collectLeaves, formatPointer, getAt, type Leaf, parsePointer } from "#lib/kernel/pointer.ts";
import type { Served } from "../delivery/served.ts";
import { experimentAround, experimentRule, type FlagRule, flagRule } from "./flag-rule.ts";

/** What OFREP lets a flag's metadata hold. */
export type Metadata = Readonly<Record<string, string | number | boolean>>;

/** A flag as OpenFeature means it: a parameter, a flag or an experiment of a configuration. */
export type RemoteFlag = { readonly pointer: string; readonly rule: FlagRule; readonly metadata: Metadata };

/** The flags of one bundle. */
export type FlagSet = {
  readonly slug: string;
  readonly served: Served;
  /** By the keys that a bulk evaluation lists. */
  readonly listed: ReadonlyMap<string, RemoteFlag>;
  readonly byPointer: ReadonlyMap<string, RemoteFlag>;
};

const made = new WeakMap<Served, FlagSet>();

/**
 * Every flag of what a bundle serves: its parameters and what is set in them under dotted keys (`sampling.temperature`),
 * flags and experiments under their bare names as well. Made once for each state.
 */
export function flagSetOf(slug: string, served: Served): FlagSet {
  const known = made.get(served);
  if (known) return known;
  const set = makeFlagSet(slug, served);
  made.set(served, set);
  return set;
}

/** A flag by any name it goes by: a listed key, a JSON Pointer, or the dotted path of anything in the configuration. */
export function findFlag({ slug, served, listed, byPointer }: FlagSet, key: string): RemoteFlag | undefined {
  const known = listed.get(key);
  if (known) return known;
  const pointer = key.startsWith("/") ? key : formatPointer(key.split("."));
  if (/~(?![01])/.test(pointer)) return undefined;
  const value = getAt(served.state.served, pointer);
  if (value === undefined) return undefined;
  return byPointer.get(pointer) ?? flagAt({ slug, served }, pointer, { is: "fixed", value });
}

type Source = Pick<FlagSet, "slug" | "served">;

function makeFlagSet(slug: string, served: Served): FlagSet {
  const document = served.state.served;
  const rules = new Map<string, FlagRule>();
  const named = new Set<string>();
  const name = (pointer: string, rule: FlagRule) => {
    rules.set(pointer, rule);
    named.add(pointer);
  };
  for (const { pointer, rule } of parametersOf({ value: document, rules: served.rules, bundle: slug })) {
    const value = getAt(document, pointer);
    const experiment = rule?.kind === "experiment" ? experimentAround(document, pointer) : null;
    if (value === undefined) continue;
    if (rule?.kind === "flag") name(pointer, flagRule(slug + pointer, value));
    else if (experiment) name(experiment.pointer, experimentRule(slug + experiment.pointer, experiment.value));
    else for (const leaf of valuesIn(pointer, value)) rules.set(leaf.pointer, { is: "fixed", value: leaf.value });
  }
  const byPointer = new Map([...rules].map(([pointer, rule]) => [pointer, flagAt({ slug, served }, pointer, rule)]));
  const listed = new Map([...byPointer].map(([pointer, flag]) => [dottedKey(pointer), flag]));
  for (const pointer of named) {
    const bare = parsePointer(pointer).at(-1) ?? "";
    const flag = byPointer.get(pointer);
    if (flag && !listed.has(bare)) listed.set(bare, flag);
  }
  return { slug, served, listed, byPointer };
}

/** The parameter itself, and what is set inside it. A reference stands for one value. */
function valuesIn(pointer: string, value: Json): readonly Leaf[] {
  const found: Leaf[] = [{ pointer, value }];
  if (isJsonObject(value) && !isEmptyObject(value) && !isReference(value)) collectLeaves(value, pointer, found);
  return found;
}

/** Keys as people say them; where a name has a dot in it, only the pointer is unambiguous. */
function dottedKey(pointer: string): string {
  const segments = parsePointer(pointer);
  return segments.some((segment) => segment === "" || /[./]/.test(segment)) ? pointer : segments.join(".");
}

function flagAt({ slug, served }: Source, pointer: string, rule: FlagRule): RemoteFlag {
  const { state, version } = served;
  // What was patched last is what is there.
  const patch = state.patches.findLast(({ changes }) => changes.some((change) => touches(change.pointer, pointer)));
  const metadata = {
    bundle: slug,
    version,
    digest: state.servedDigest,
    snapshot: state.snapshot.number,
    pointer,
    ...(patch && { hotPatch: patch.number, hotPatchExpires: patch.expiresAt.toISOString() }),
  };
  return { pointer, rule, metadata };
}

/** Whether one of the two places holds the other. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
