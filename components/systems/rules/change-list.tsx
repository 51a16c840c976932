import { Minus, Pencil, Plus } from "lucide-react";
import { ValueText } from "#components/diff/value-text.tsx";
import { asJson, type EntryChange, type RulesList } from "#components/systems/rules/rules-changes.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { diffJson } from "#lib/kernel/diff.ts";

const LIST_WORD: Readonly<Record<RulesList, string>> = {
  parameters: "Parameter",
  constraints: "Constraint",
  dependencies: "Dependency",
  policies: "Policy",
  operations: "Operation",
};

// What scrolls has to be reached without a mouse.
const SCROLLS = { tabIndex: 0, "aria-label": "Changes of the rules" } as const;

/** Changes of the rules, one entry each, with the fields that differ. */
export function RulesChangeList({
  changes,
  onTakeBack,
}: {
  readonly changes: readonly EntryChange[];
  readonly onTakeBack?: (change: EntryChange) => void;
}) {
  return (
    <ul {...SCROLLS} className="max-h-96 divide-y divide-border overflow-y-auto border-t border-border text-sm">
      {changes.map((change) => (
        <li key={`${change.list} ${change.key}`} className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-2">
          <What change={change} />
          <div className="min-w-0 grow basis-60">
            <span className="text-muted">{LIST_WORD[change.list]}</span>{" "}
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{change.key}</code>
            <Fields change={change} />
          </div>
          {onTakeBack ? (
            <Button size="sm" variant="ghost" onClick={() => onTakeBack(change)}>
              Take back<span className="sr-only"> {change.key}</span>
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function What({ change }: { readonly change: EntryChange }) {
  if (change.before === undefined) {
    return (
      <StatusBadge tone="info" icon={Plus}>
        Added
      </StatusBadge>
    );
  }
  return change.after === undefined ? (
    <StatusBadge tone="warn" icon={Minus}>
      Removed
    </StatusBadge>
  ) : (
    <StatusBadge tone="neutral" icon={Pencil}>
      Changed
    </StatusBadge>
  );
}

function Fields({ change }: { readonly change: EntryChange }) {
  if (!change.before || !change.after) return null;
  return (
    <ul className="mt-1 grid gap-1">
      {diffJson(asJson(change.before), asJson(change.after)).map((field) => (
        <li key={field.pointer} className="flex flex-wrap items-baseline gap-x-2 text-xs">
          <span className="font-medium">{field.pointer.slice(1)}</span>
          <ValueText value={field.before} side="before" />
          <span aria-hidden>→</span>
          <ValueText value={field.after} side="after" />
        </li>
      ))}
    </ul>
  );
}
