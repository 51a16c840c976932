"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { OriginBadge } from "#components/bundles/origin-badge.tsx";
import { Value } from "#components/bundles/value.tsx";
import { KIND_WORD } from "#components/systems/words.ts";
import { Checkbox } from "#components/ui/choice.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Provenance } from "#lib/bundles/model.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";

type Row = { readonly pointer: string; readonly value: Json; readonly layer: string; readonly about: string };

/** An effective configuration, one line for each parameter, with the layer that each value comes from. */
export function EffectiveList({
  value,
  provenance,
  rules,
  bundle,
}: {
  readonly value: JsonObject;
  readonly provenance: Provenance;
  readonly rules: Rules;
  readonly bundle: string;
}) {
  const [search, setSearch] = useState("");
  const [isOverlayOnly, setOverlayOnly] = useState(false);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const rows = useMemo(() => {
    const catalogue = catalogueOf(rules, bundle);
    return leavesOf(value).map(({ pointer, value: leaf }): Row => {
      const rule = catalogue.parameterAt(pointer).rule;
      const about = rule ? `${rule.title} · ${KIND_WORD[rule.kind]}` : "Not in the catalogue";
      return { pointer, value: leaf, layer: provenance[pointer] ?? "base", about };
    });
  }, [value, provenance, rules, bundle]);
  const shown = rows.filter(
    (row) =>
      (!isOverlayOnly || row.layer !== "base") &&
      (wanted === "" || `${row.pointer} ${row.about}`.toLowerCase().includes(wanted)),
  );
  const overlaid = rows.filter((row) => row.layer !== "base").length;
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-border px-3 py-2">
        <Input
          type="search"
          aria-label="Find a parameter"
          placeholder="Find a parameter"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-64 grow"
          data-search=""
        />
        <Checkbox
          label={`Only what the overlay sets (${overlaid})`}
          checked={isOverlayOnly}
          onChange={(event) => setOverlayOnly(event.target.checked)}
        />
        <span role="status" className="ml-auto text-xs text-muted">
          {shown.length} of {rows.length}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={rows.length === 0 ? "Nothing is set" : "No parameter matches"} reason="filtered" level={3} />
      ) : (
        <ul className="divide-y divide-border text-sm">
          {shown.map((row) => (
            <li key={row.pointer} className="grid gap-x-3 gap-y-0.5 px-3 py-1.5 [content-visibility:auto]">
              <div className="flex min-w-0 items-start justify-between gap-2">
                <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{row.pointer}</code>
                <OriginBadge layer={row.layer} />
              </div>
              <div className="min-w-0">
                <Value value={row.value} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
