import { sha256 } from "#lib/kernel/digest.ts";
import { bundleAsked } from "../delivery/bundle-asked.ts";
import type { ServedEnvironment } from "../delivery/served.ts";
import { variantFor } from "./assign.ts";
import { type FlagSet, findFlag, flagSetOf, type Metadata, type RemoteFlag } from "./flag-set.ts";

/** Everything that a client of one environment, or of one bundle of it, can ask for by OFREP. */
export type Offer = {
  readonly sets: readonly FlagSet[];
  /** Flags that are the same for everybody, as the members of a JSON array. */
  readonly fixed: string;
  /** Names `fixed`. */
  readonly fixedDigest: string;
  readonly splits: readonly (readonly [key: string, flag: RemoteFlag])[];
  readonly metadata: Metadata;
};

/** As OFREP 0.3 says it. Without `value`, programs use their own. */
export type Evaluation = {
  readonly key: string;
  readonly reason: "STATIC" | "SPLIT" | "DISABLED" | "DEFAULT";
  readonly value?: unknown;
  readonly variant?: string;
  readonly metadata: Metadata;
};
export type Failure = {
  readonly key: string;
  readonly errorCode: "FLAG_NOT_FOUND" | "TARGETING_KEY_MISSING";
  readonly errorDetails: string;
};

const made = new WeakMap<ServedEnvironment, Map<string, Offer>>();

/**
 * What is offered at this moment. Without a bundle: all of them; where several have the same key, it means the oldest
 * bundle's, and the others' are listed as `bundle:key`.
 * @throws Refusal `not_found` for an unknown bundle
 */
export function offerOf(environment: ServedEnvironment, bundle: string | null): Offer {
  const offers = made.get(environment) ?? new Map<string, Offer>();
  made.set(environment, offers);
  const known = offers.get(bundle ?? "");
  if (known) return known;
  const offer = makeOffer(environment, bundle);
  offers.set(bundle ?? "", offer);
  return offer;
}

function makeOffer(environment: ServedEnvironment, bundle: string | null): Offer {
  const asked =
    bundle === null ? environment.bundles.filter((one) => !one.isArchived) : [bundleAsked(environment, bundle)];
  const sets = asked.flatMap(({ slug, served }) => (served ? [flagSetOf(slug, served)] : []));
  const listed = new Map<string, RemoteFlag>();
  for (const { slug, listed: own } of sets) {
    for (const [key, flag] of own) listed.set(listed.has(key) ? `${slug}:${key}` : key, flag);
  }
  const all = [...listed];
  const fixed = all.flatMap(([key, flag]) =>
    flag.rule.is === "split" ? [] : JSON.stringify(evaluate(key, flag, null)),
  );
  const text = fixed.join(",");
  return {
    sets,
    fixed: text,
    fixedDigest: sha256(text).toString("hex"),
    splits: all.filter(([, flag]) => flag.rule.is === "split"),
    metadata: metadataOf(environment, sets),
  };
}

function metadataOf({ environment, etag, validUntil }: ServedEnvironment, sets: readonly FlagSet[]): Metadata {
  const [only, ...others] = sets;
  const until: Metadata = validUntil ? { validUntil: validUntil.toISOString() } : {};
  if (!only || others.length > 0) {
    return {
      environment,
      bundles: sets.map(({ slug }) => slug).join(", "),
      digest: etag.replaceAll('"', ""),
      ...until,
    };
  }
  const { state, version } = only.served;
  const { servedDigest: digest, snapshot, patches } = state;
  const patched: Metadata = patches.length > 0 ? { hotPatches: patches.map(({ number }) => number).join(", ") } : {};
  return { environment, bundle: only.slug, version, digest, snapshot: snapshot.number, ...patched, ...until };
}

/** One flag for one program or person; `targetingKey` null: nobody is named. */
export function evaluateKey({ sets }: Offer, key: string, targetingKey: string | null): Evaluation | Failure {
  const [, slug, rest] = /^([^:/.]+):(.+)$/s.exec(key) ?? [];
  const own = sets.find((set) => set.slug === slug);
  const flag = own && rest !== undefined ? findFlag(own, rest) : firstOf(sets, key);
  if (flag) return evaluate(key, flag, targetingKey);
  const errorDetails = `Nothing that is deployed here is called ${key}`;
  return { key, errorCode: "FLAG_NOT_FOUND", errorDetails };
}

function firstOf(sets: readonly FlagSet[], key: string): RemoteFlag | undefined {
  for (const set of sets) {
    const flag = findFlag(set, key);
    if (flag) return flag;
  }
  return undefined;
}

/** The flags that depend on who asks. */
export function evaluateSplits({ splits }: Offer, targetingKey: string | null): readonly (Evaluation | Failure)[] {
  return splits.map(([key, flag]) => evaluate(key, flag, targetingKey));
}

function evaluate(key: string, { rule, metadata }: RemoteFlag, targetingKey: string | null): Evaluation | Failure {
  switch (rule.is) {
    case "off":
      return { key, reason: "DISABLED", metadata };
    case "fixed":
      // OFREP has no null: it is what a program falls back on.
      return { key, reason: "STATIC", ...(rule.value !== null && { value: rule.value }), metadata };
    case "split": {
      if (targetingKey === null) {
        const errorDetails = "What this is depends on who asks: send a targetingKey in the context";
        return { key, errorCode: "TARGETING_KEY_MISSING", errorDetails };
      }
      const variant = variantFor(rule.split, targetingKey);
      if (variant) return { key, reason: "SPLIT", value: variant.value, variant: variant.name, metadata };
      if (rule.outside === undefined) return { key, reason: "DEFAULT", metadata };
      return { key, reason: "SPLIT", value: rule.outside, variant: "off", metadata };
    }
  }
}
