import { bySpecificity, patternFinder } from "#lib/kernel/pattern.ts";
import type { ParameterRule, Rules } from "./model.ts";

/** A setting as the catalogue cuts a document: the place that a rule describes, or a leaf that none does. */
export type Parameter = { readonly pointer: string; readonly rule?: ParameterRule };

/** The rules of one bundle, ready to be asked often. */
export type Catalogue = {
  readonly rules: readonly ParameterRule[];
  /** The rule whose pattern matches exactly this pointer: the most specific one, the bundle's own before the system's. */
  readonly ruleFor: (pointer: string) => ParameterRule | undefined;
  /** The parameter that a pointer belongs to: itself, or its nearest ancestor that a rule describes. */
  readonly parameterAt: (pointer: string) => Parameter;
  /** Whether rules describe what lies below this pointer, so that it must be a mapping. */
  readonly isContainer: (pointer: string) => boolean;
};

const known = new WeakMap<Rules, Map<string, Catalogue>>();
const rememberedPointers = 50_000;

/** The catalogue of a bundle. Compiled once for each `Rules` value. */
export function catalogueOf(rules: Rules, bundle: string): Catalogue {
  const ofRules = known.get(rules) ?? new Map<string, Catalogue>();
  known.set(rules, ofRules);
  const existing = ofRules.get(bundle);
  if (existing) return existing;
  const catalogue = compileCatalogue(rules.parameters, bundle);
  ofRules.set(bundle, catalogue);
  return catalogue;
}

export function ruleFor(rules: Rules, bundle: string, pointer: string): ParameterRule | undefined {
  return catalogueOf(rules, bundle).ruleFor(pointer);
}

export function parameterAt(rules: Rules, bundle: string, pointer: string): Parameter {
  return catalogueOf(rules, bundle).parameterAt(pointer);
}

function compileCatalogue(parameters: readonly ParameterRule[], bundle: string): Catalogue {
  const byPattern = new Map<string, ParameterRule>();
  for (const rule of parameters) {
    if (rule.bundle !== undefined && rule.bundle !== bundle) continue;
    if (!byPattern.has(rule.pattern) || rule.bundle === bundle) byPattern.set(rule.pattern, rule);
  }
  const find = patternFinder([...byPattern.keys()]);
  const remembered = new Map<string, ParameterRule | undefined>();
  const ruleFor = (pointer: string): ParameterRule | undefined => {
    if (remembered.has(pointer)) return remembered.get(pointer);
    const pattern = find(pointer);
    const rule = pattern === undefined ? undefined : byPattern.get(pattern);
    if (remembered.size >= rememberedPointers) remembered.clear();
    remembered.set(pointer, rule);
    return rule;
  };
  const parameterAt = (pointer: string): Parameter => {
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const rule = ruleFor(at);
      if (rule !== undefined) return { pointer: at, rule };
    }
    return { pointer };
  };
  const rules = [...byPattern.values()].sort((a, b) => bySpecificity(a.pattern, b.pattern));
  const container = patternFinder([...new Set([...byPattern.keys()].flatMap(ancestorsOf))]);
  return { rules, ruleFor, parameterAt, isContainer: (pointer) => container(pointer) !== undefined };
}

function ancestorsOf(pattern: string): readonly string[] {
  const parent = pattern.slice(0, pattern.lastIndexOf("/"));
  return parent === "" ? [] : [parent, ...ancestorsOf(parent)];
}

/** A pattern with a segment `*` or `**` describes many parameters, one without describes one. */
export function isWildcard(pattern: string): boolean {
  return pattern.split("/").some((segment) => segment === "*" || segment === "**");
}

/** True for a pattern that describes the leaves below a place, at any depth. */
export function isDeepPattern(pattern: string): boolean {
  return pattern.endsWith("/**");
}
