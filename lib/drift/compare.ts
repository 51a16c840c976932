import { isInForce, withPatches } from "#lib/hot-patches/effective.ts";
import type { PatchInEffect } from "#lib/hot-patches/model.ts";
import { isEmptyObject, isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { byCodeUnits } from "#lib/kernel/order.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { Origins } from "#lib/runtimes/model.ts";
import type { Operation, Rules } from "#lib/systems/model.ts";
import { bySeverity, kindOf, severityOf } from "./classify.ts";
import { type IgnoreRuleFacts, ignoring } from "./ignore.ts";
import { BESIDE_SYNC, type Difference } from "./model.ts";
import { type NormalDocument, type NormalParameter, normalise } from "./normalise.ts";
import { isOneValue, textOfValue } from "./normalise-value.ts";
import { isSame } from "./same.ts";
import { nameOf, showValue, summaryOf } from "./summary.ts";

/** A difference as a comparison of two documents knows it; who shows it is added by whoever counts instances. */
export type Found = Omit<Difference, "declaredDigest" | "observedDigest" | "instances">;

export type Question = {
  readonly rules: Rules;
  readonly bundle: string;
  /** The snapshot with the patches in force. */
  readonly declared: JsonObject;
  readonly observed: JsonObject;
  readonly undeclared: Operation["undeclared"];
  /** Those that runtimes are or were served; some may be over. */
  readonly patches: readonly PatchInEffect[];
  /** The snapshot without any patch. */
  readonly snapshotEffective: JsonObject;
  readonly origins: Origins;
  readonly ignoreRules: readonly IgnoreRuleFacts[];
  /** Slug. */
  readonly environment: string;
  readonly now: Date;
};

/**
 * Everything in which an observed document is not the declared one, worst first, and as `hot_patched` what an
 * authorised patch explains. What ignore rules hide is in it, and says so. Linear in the size of the documents.
 */
export function compareDocuments(question: Question): { readonly differences: readonly Found[] } {
  const { rules, bundle, declared, observed, origins } = question;
  const left = normalise({ rules, bundle, document: declared });
  const right = normalise({ rules, bundle, document: observed, origins });
  const pairs = pairsThatDiffer({ declared, observed, left, right, origins });
  const explain = explaining(question);
  const hiddenBy = ignoring(question.ignoreRules, question);
  const found = pairs.flatMap((pair) => {
    if (isOutOfScope(pair, question.undeclared)) return [];
    return [explain(pair)];
  });
  found.push(...authorised(question, left, right));
  const differences = found.map((one) => {
    const ignoredBy = hiddenBy(one);
    return ignoredBy === undefined ? one : { ...one, ignoredBy };
  });
  return {
    differences: differences.sort((a, b) => bySeverity(a.severity, b.severity) || byCodeUnits(a.pointer, b.pointer)),
  };
}

/** Whether a difference makes its place drifted: `drifted` holds exactly when one such can be shown. */
export function isDrift(found: Pick<Found, "kind" | "ignoredBy">): boolean {
  return found.ignoredBy === undefined && !BESIDE_SYNC.includes(found.kind);
}

/** A parameter on both sides; it has at least one of them. */
type Pair = {
  readonly pointer: string;
  readonly declared?: NormalParameter;
  readonly observed?: NormalParameter;
  readonly origin?: string;
};

type Both = {
  readonly declared: JsonObject;
  readonly observed: JsonObject;
  readonly left: NormalDocument;
  readonly right: NormalDocument;
  readonly origins: Origins;
};

function pairsThatDiffer(both: Both): readonly Pair[] {
  const { left, right, origins } = both;
  const pairs: Pair[] = [];
  for (const [pointer, declared] of left) {
    const observed = right.get(pointer);
    if (observed !== undefined && declared.text === observed.text) continue;
    if (observed === undefined ? !isShown(declared, both.observed) : isSame(declared, observed)) continue;
    pairs.push({ pointer, declared, ...(observed && { observed }) });
  }
  for (const [pointer, observed] of right) {
    if (!left.has(pointer) && isShown(observed, both.declared)) pairs.push({ pointer, observed });
  }
  return replaced(pairs, both).map((pair) => {
    const origin = originOf(pair.pointer, origins);
    return origin === undefined ? pair : { ...pair, origin };
  });
}

/** A default that one side alone calls for, and an empty mapping that is filled on the other, are no differences. */
function isShown(parameter: NormalParameter, other: JsonObject): boolean {
  if (!parameter.isWritten) return false;
  return !(isEmptyObject(parameter.raw) && isJsonObject(getAt(other, parameter.pointer)));
}

/** Where one side has a mapping and the other a plain value, that is one difference, not one for each member. */
function replaced(pairs: readonly Pair[], both: Both): readonly Pair[] {
  const whole = new Map<string, Pair>();
  for (const { pointer, declared, observed } of pairs) {
    if (declared && observed) continue;
    const other = getAt(declared ? both.observed : both.declared, pointer);
    if (!isJsonObject(other) || isEmptyObject(other) || isOneValue(other)) continue;
    const there = { pointer, raw: other, value: other, text: textOfValue(other), isWritten: true };
    whole.set(pointer, { pointer, declared: declared ?? there, observed: observed ?? there });
  }
  if (whole.size === 0) return pairs;
  const isInside = (pointer: string) => {
    for (let at = pointer.lastIndexOf("/"); at > 0; at = pointer.lastIndexOf("/", at - 1)) {
      if (whole.has(pointer.slice(0, at))) return true;
    }
    return false;
  };
  return pairs.filter(({ pointer }) => !isInside(pointer)).map((pair) => whole.get(pair.pointer) ?? pair);
}

/** Where a value came from: said of itself, of what holds it, or of something that it holds. */
function originOf(pointer: string, origins: Origins): string | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    if (Object.hasOwn(origins, at)) return origins[at];
    if (at === "") break;
  }
  const inside = Object.keys(origins).filter((other) => other.startsWith(`${pointer}/`));
  return inside.length === 0 ? undefined : origins[inside.sort(byCodeUnits)[0] ?? ""];
}

/** What neither the document nor the catalogue knows is the policy's to judge; what the catalogue describes never is. */
function isOutOfScope({ declared, observed }: Pair, undeclared: Operation["undeclared"]): boolean {
  return undeclared === "ignore" && declared === undefined && observed?.rule === undefined;
}

/** Tells what a difference is, by the catalogue, by where it came from and by the patches that were there. */
function explaining(question: Question): (pair: Pair) => Found {
  const { rules, bundle, declared: document, patches, now, undeclared } = question;
  const over = patches
    .filter((patch) => !isInForce(patch, now))
    .map((patch) => ({ patch, patched: normalise({ rules, bundle, document: withPatches(document, [patch]) }) }));
  const pending = patches.some((patch) => isInForce(patch, now))
    ? normalise({ rules, bundle, document: question.snapshotEffective })
    : undefined;
  return (pair) => {
    const { pointer, declared, observed, origin } = pair;
    const rule = declared?.rule ?? observed?.rule;
    const told = { pointer, rule, declared: declared?.raw, observed: observed?.raw, origin };
    const normal = { declared: declared?.value, observed: observed?.value };
    const expired = over.find(({ patched }) => patched.get(pointer)?.text === observed?.text)?.patch;
    const kind = expired ? "expired_hot_patch" : kindOf({ rule, ...normal, origin });
    const isUnmanaged = kind === "shadow_parameter" && rule === undefined;
    const summary = summaryOf({ ...told, kind, normal });
    const waiting =
      pending && pending.get(pointer)?.text === observed?.text ? "; it has not taken the hot-patch yet" : "";
    return {
      kind,
      severity: isUnmanaged && undeclared === "warn" ? "low" : severityOf(kind, rule?.risk),
      ...sidesOf(pair),
      summary: expired
        ? `${summary}: hot-patch HP-${expired.number} ended ${formatUtc(expired.expiresAt)}`
        : `${summary}${waiting}`,
      ...(expired && { hotPatchId: expired.id }),
    };
  };
}

function sidesOf({ pointer, declared, observed, origin }: Pair) {
  return {
    pointer,
    ...(declared && { declared: declared.raw }),
    ...(observed && { observed: observed.raw }),
    ...(origin !== undefined && { origin }),
  };
}

/** What runs because a patch in force says so: authorised, and shown beside the snapshot's value until it ends. */
function authorised(question: Question, left: NormalDocument, right: NormalDocument): readonly Found[] {
  const { rules, bundle, snapshotEffective, declared, patches, now } = question;
  const inForce = patches.filter((patch) => isInForce(patch, now));
  if (inForce.length === 0) return [];
  const before = normalise({ rules, bundle, document: snapshotEffective });
  const pointers = pairsThatDiffer({
    declared: snapshotEffective,
    observed: declared,
    left: before,
    right: left,
    origins: {},
  });
  return pointers.flatMap(({ pointer }) => {
    const [was, meant, runs] = [before.get(pointer), left.get(pointer), right.get(pointer)];
    const isTaken = meant && runs ? isSame(meant, runs) : meant === runs;
    const patch = inForce.findLast(({ changes }) => changes.some((change) => overlap(change.pointer, pointer)));
    if (!isTaken || patch === undefined) return [];
    const rule = was?.rule ?? runs?.rule;
    const show = (value: Json | undefined) => showValue(value, pointer, rule?.unit);
    return [
      {
        kind: "hot_patched",
        severity: severityOf("hot_patched", rule?.risk),
        ...sidesOf({ pointer, ...(was && { declared: was }), ...(runs && { observed: runs }) }),
        summary: `${nameOf(pointer, rule)} is ${show(runs?.raw)} instead of ${show(was?.raw)}: authorised by hot-patch HP-${patch.number} for ${patch.incident} until ${formatUtc(patch.expiresAt)}`,
        hotPatchId: patch.id,
      } as const,
    ];
  });
}

function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
