import { jsonEqual } from "#lib/kernel/json.ts";
import { keyedRules, rulesAsJson } from "#lib/reviews/rules-merge.ts";
import type { Constraint, Dependency, Operation, ParameterRule, Policy, Rules } from "#lib/systems/model.ts";

export const RULES_LISTS = ["parameters", "constraints", "dependencies", "policies", "operations"] as const;
export type RulesList = (typeof RULES_LISTS)[number];

/** What each list holds. */
export type EntryOf = {
  readonly parameters: ParameterRule;
  readonly constraints: Constraint;
  readonly dependencies: Dependency;
  readonly policies: Policy;
  readonly operations: Operation;
};
export type Entry = EntryOf[RulesList];

/** One entry that two versions of the rules have differently. Without `before` it was added, without `after` removed. */
export type EntryChange = {
  readonly list: RulesList;
  /** The name by which the entry is known in its list. */
  readonly key: string;
  readonly before?: Entry;
  readonly after?: Entry;
};

/** The name of an entry in its list: what two versions of the rules know it by. */
export function keyIn<L extends RulesList>(list: L, entry: EntryOf[L]): string {
  const alone = { parameters: [], constraints: [], dependencies: [], policies: [], operations: [], [list]: [entry] };
  return Object.keys(keyedRules(alone)[list])[0] ?? "";
}

/** What differs, list by list, in the order of the newer rules, removed entries last. */
export function rulesChanges(before: Rules, after: Rules): readonly EntryChange[] {
  const [old, fresh] = [keyedRules(before), keyedRules(after)];
  return RULES_LISTS.flatMap((list) => {
    const keys = new Set([...Object.keys(fresh[list]), ...Object.keys(old[list])]);
    return [...keys].flatMap((key): readonly EntryChange[] => {
      const [was, is]: readonly (Entry | undefined)[] = [old[list][key], fresh[list][key]];
      if (same(was, is)) return [];
      return [{ list, key, ...(was && { before: was }), ...(is && { after: is }) }];
    });
  });
}

function same(a: Entry | undefined, b: Entry | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && jsonEqual(asJson(a), asJson(b)));
}

/** Entries are JSON by definition; members that are undefined are as good as absent. */
export function asJson(entry: Entry) {
  return rulesAsJson(JSON.parse(JSON.stringify(entry)));
}

/** The rules with an entry in the place of the one that had the key, or at the end of its list. */
export function withEntry<L extends RulesList>(
  rules: Rules,
  list: L,
  put: { key: string | null; entry: EntryOf[L] },
): Rules {
  const entries: readonly EntryOf[L][] = entriesOf(rules, list);
  const index = put.key === null ? -1 : entries.findIndex((one) => keyIn(list, one) === put.key);
  const next = index < 0 ? [...entries, put.entry] : entries.with(index, put.entry);
  return { ...rules, [list]: next };
}

export function withoutEntry(rules: Rules, list: RulesList, key: string): Rules {
  return { ...rules, [list]: entriesOf(rules, list).filter((one) => keyIn(list, one) !== key) };
}

/** The entries of one list, by its own type. */
export function entriesOf<L extends RulesList>(rules: Rules, list: L): readonly EntryOf[L][] {
  const lists: { readonly [K in RulesList]: readonly EntryOf[K][] } = { ...rules, operations: rules.operations ?? [] };
  return lists[list];
}

/** The rules with one change taken back. */
export function takenBack(rules: Rules, change: EntryChange): Rules {
  if (change.before === undefined) return withoutEntry(rules, change.list, change.key);
  return withEntry(rules, change.list, { key: change.key, entry: change.before });
}
