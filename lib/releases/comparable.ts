import { Refusal } from "#lib/kernel/refusal.ts";
import type { ComparableRef } from "#lib/releases/model.ts";

const SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*";
const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const VERSION = new RegExp(`^version:(${ID})(?:@(${SLUG}))?$`);
const SNAPSHOT = /^snapshot:([1-9]\d{0,8})$/;
const ENVIRONMENT = new RegExp(`^environment:(${SLUG})/(${SLUG})/(${SLUG})$`);
const OBSERVED = new RegExp(`^observed:(${SLUG})/(${SLUG})/(${SLUG})@(sha256:[0-9a-f]{64})$`);
const INSTANCE = new RegExp(`^instance:(${ID})$`);

/** Reads one side of a comparison from an address. @throws Refusal `invalid` listing the spellings */
export function parseComparable(text: string): ComparableRef {
  const version = VERSION.exec(text);
  if (version?.[1]) return { type: "version", id: version[1], environment: version[2] ?? null };
  const snapshot = SNAPSHOT.exec(text);
  if (snapshot?.[1]) return { type: "snapshot", number: Number(snapshot[1]) };
  const place = ENVIRONMENT.exec(text);
  if (place?.[1] && place[2] && place[3]) {
    return { type: "environment", system: place[1], environment: place[2], bundle: place[3] };
  }
  const observed = OBSERVED.exec(text);
  if (observed?.[1] && observed[2] && observed[3] && observed[4]) {
    const [, system, environment, bundle, digest] = observed;
    return { type: "observed", system, environment, bundle, digest };
  }
  const instance = INSTANCE.exec(text);
  if (instance?.[1]) return { type: "instance", id: instance[1] };
  throw new Refusal(
    "invalid",
    `“${text.slice(0, 80)}” names nothing that can be compared; use version:<id>, version:<id>@<environment>, snapshot:<number>, environment:<system>/<environment>/<bundle>, observed:<system>/<environment>/<bundle>@<digest> or instance:<id>`,
  );
}

/** The spelling that `parseComparable` reads back. */
export function formatComparable(ref: ComparableRef): string {
  switch (ref.type) {
    case "version":
      return ref.environment === null ? `version:${ref.id}` : `version:${ref.id}@${ref.environment}`;
    case "snapshot":
      return `snapshot:${ref.number}`;
    case "environment":
      return `environment:${ref.system}/${ref.environment}/${ref.bundle}`;
    case "observed":
      return `observed:${ref.system}/${ref.environment}/${ref.bundle}@${ref.digest}`;
    case "instance":
      return `instance:${ref.id}`;
  }
}
