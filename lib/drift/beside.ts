import { flagsOf } from "#lib/bundles/flags.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { classifyModel } from "#lib/models/classify.ts";
import type { Origins, ServedModel } from "#lib/runtimes/model.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";
import { severityOf } from "./classify.ts";
import type { Found } from "./compare.ts";
import { type IgnoreRuleFacts, ignoring } from "./ignore.ts";
import { type NormalDocument, normalise } from "./normalise.ts";
import { isSame } from "./same.ts";
import { nameOf, showValue } from "./summary.ts";

type Where = {
  readonly rules: Rules;
  readonly bundle: string;
  /** Slug. */
  readonly environment: string;
  readonly ignoreRules: readonly IgnoreRuleFacts[];
  readonly now: Date;
};

function marked(found: readonly Found[], where: Where): readonly Found[] {
  const hiddenBy = ignoring(where.ignoreRules, where);
  return found.map((one) => {
    const ignoredBy = hiddenBy(one);
    return ignoredBy === undefined ? one : { ...one, ignoredBy };
  });
}

/**
 * Models that a provider served under another name than was asked for, or, asked for by a name that moves, under
 * another than it last served. `declared` is the value that a finding shows: the release asked for, or the one before.
 */
export function providerModelChanges(
  question: Where & {
    readonly models: readonly ServedModel[];
    /** What was served when it was last in order; empty when nobody knows. */
    readonly before: readonly ServedModel[];
  },
): readonly Found[] {
  const { rules, bundle, models, before, now } = question;
  const { parameterAt } = catalogueOf(rules, bundle);
  const found = models.flatMap((model): readonly Found[] => {
    const { pointer, requested, served } = model;
    const { rule } = parameterAt(pointer);
    const about = {
      kind: "provider_model_changed",
      severity: severityOf("provider_model_changed", rule?.risk),
    } as const;
    const name = nameOf(pointer, rule);
    const known = before.find((one) => one.pointer === pointer && one.requested === requested);
    if (served !== undefined && isAnotherModel(requested, served, now)) {
      const summary = `${name}: the provider serves “${served}” where “${requested}” was asked for`;
      return [{ ...about, pointer, declared: requested, observed: served, summary }];
    }
    if (served !== undefined && known?.served !== undefined && !isSameName(known.served, served)) {
      const summary = `${name}: “${requested}” is “${served}” now, it was “${known.served}”: the provider moved it`;
      return [{ ...about, pointer, declared: known.served, observed: served, summary }];
    }
    const [was, is] = [known?.fingerprint, model.fingerprint];
    if (was === undefined || is === undefined || was === is) return [];
    const summary = `${name}: the provider's fingerprint of “${requested}” is ${is}, it was ${was}: what serves it changed`;
    return [{ ...about, severity: "medium", pointer, declared: was, observed: is, summary }];
  });
  return marked(found, question);
}

/** A pinned name must be served as it is; a name that moves, as the release that it is known to stand for. */
function isAnotherModel(requested: string, served: string, now: Date): boolean {
  if (isSameName(requested, served)) return false;
  const { class: kind, pinTo } = classifyModel(requested, undefined, now);
  if (kind === "snapshot") return !isSpelledOut(requested, served);
  return kind === "alias" && pinTo !== undefined && !isSameName(pinTo, served);
}

/** Providers put their own name in front, and differ in case. */
function isSameName(a: string, b: string): boolean {
  return bareName(a) === bareName(b);
}

function bareName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^(?:models|openai|anthropic|google|mistral(?:ai)?|cohere|azure)\//u, "");
}

/** A release asked for without its date and answered with it is the same release. */
function isSpelledOut(requested: string, served: string): boolean {
  const rest = bareName(served).slice(bareName(requested).length);
  return bareName(served).startsWith(bareName(requested)) && /^[-@](?:20\d{2}-?\d{2}-?\d{2}|\d{4})$/u.test(rest);
}

/** Flags that are still set after the day on which they were to go. */
export function staleFlags(question: Where & { readonly document: JsonObject }): readonly Found[] {
  const { rules, bundle, document, now } = question;
  const { parameterAt } = catalogueOf(rules, bundle);
  const found = flagsOf({ value: document, rules, bundle }).flatMap(({ pointer, expires, owner }): readonly Found[] => {
    if (expires === null || expires.getTime() > now.getTime()) return [];
    const { rule } = parameterAt(pointer);
    const day = expires.toISOString().slice(0, 10);
    const summary = `${nameOf(pointer, rule)} expired on ${day} and is still set; ${owner ?? "its owner"} removes it or decides on a later day`;
    return [{ kind: "stale_flag", severity: severityOf("stale_flag", rule?.risk), pointer, observed: day, summary }];
  });
  return marked(found, question);
}

type Side = { readonly declared: JsonObject; readonly observed: JsonObject; readonly origins: Origins };

/**
 * Parameters that must be the same in every environment, are declared the same here and in another, and yet run with
 * another value here. Where the declared values differ a promotion is under way: that is no drift.
 */
export function crossEnvironmentDifferences(
  question: Where & { readonly here: Side; readonly others: readonly (Side & { readonly environment: string })[] },
): readonly Found[] {
  const { rules, bundle, here } = question;
  const read = (side: Side) => ({
    meant: normalise({ rules, bundle, document: side.declared }),
    runs: normalise({ rules, bundle, document: side.observed, origins: side.origins }),
  });
  const { meant: declared, runs: observed } = read(here);
  const others = question.others.map((one) => ({ environment: one.environment, ...read(one) }));
  const found = [...new Set([...declared.keys(), ...observed.keys()])].flatMap((pointer): readonly Found[] => {
    const rule = observed.get(pointer)?.rule ?? declared.get(pointer)?.rule;
    if (rule?.environmentPolicy !== "same" || isEqualAt(pointer, declared, observed)) return [];
    const other = others.find(
      ({ meant, runs }) => isEqualAt(pointer, declared, meant) && !isEqualAt(pointer, runs, observed),
    );
    if (other === undefined) return [];
    const [there, runs] = [other.runs.get(pointer)?.raw, observed.get(pointer)?.raw];
    const show = (value: typeof runs) => showValue(value, pointer, rule.unit);
    return [
      {
        kind: "cross_environment",
        severity: severityOf("cross_environment", rule.risk),
        pointer,
        ...(there !== undefined && { declared: there }),
        ...(runs !== undefined && { observed: runs }),
        summary: `${nameOf(pointer, rule)} is ${show(runs)} here and ${show(there)} in ${other.environment}; it must be the same in every environment`,
      },
    ];
  });
  return marked(found, question);
}

function isEqualAt(pointer: string, left: NormalDocument, right: NormalDocument): boolean {
  const [a, b] = [left.get(pointer), right.get(pointer)];
  return a && b ? isSame(a, b) : (a?.isWritten ?? false) === (b?.isWritten ?? false);
}
