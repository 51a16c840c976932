"use client";

import { Lock, Search } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { PlaceState } from "#components/hot-patches/file/use-place.ts";
import { controlClass } from "#components/ui/control-class.ts";
import { cx } from "#components/ui/cx.ts";
import { FieldProblem } from "#components/ui/field.tsx";
import type { PatchableParameter } from "#lib/hot-patches/queries/prepare-hot-patch.ts";
import type { Json } from "#lib/kernel/json.ts";

const SHOWN = 6;
const LONG = 40;

/** Finds a parameter by its title or pointer; what was patched before comes first, and what cannot be patched says why. */
export function ParameterPicker({
  label,
  place,
  chosen,
  error,
  onChoose,
}: {
  readonly label: string;
  readonly place: PlaceState;
  readonly chosen: readonly string[];
  readonly error?: string;
  readonly onChoose: (parameter: Pick<PatchableParameter, "pointer" | "title" | "value">) => void;
}) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState("");
  // Offered once somebody comes here, so that the page does not grow by itself.
  const [isOpen, setOpen] = useState(false);
  const all = place.is === "there" ? place.offer.parameters.filter((one) => !chosen.includes(one.pointer)) : [];
  const found = all.filter((one) => isMeant(one, text)).toSorted((a, b) => farness(a, text) - farness(b, text));
  const shown = isOpen ? found.slice(0, SHOWN) : [];
  const typed = text.trim();
  const isOther =
    typed.startsWith("/") && typed.length > 1 && !all.some((one) => one.pointer === typed) && !chosen.includes(typed);
  const choose = (parameter: Pick<PatchableParameter, "pointer" | "title" | "value">) => {
    setText("");
    onChoose(parameter);
  };
  const step = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = rows[event.key === "ArrowDown" ? at + 1 : at - 1];
    if (next) next.focus();
    else if (event.key === "ArrowUp") document.getElementById(id)?.focus();
  };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
        />
        <input
          id={id}
          type="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="Title, or /pointer"
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-found${error ? ` ${id}-error` : ""}`}
          value={text}
          onFocus={() => setOpen(true)}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            step(event);
            if (event.key !== "Enter") return;
            event.preventDefault();
            const [first] = shown.filter((one) => one.refusal === null);
            if (typed !== "" && first) choose(first);
          }}
          className={controlClass("tap h-8 pl-8.5")}
        />
      </div>
      {error ? <FieldProblem id={`${id}-error`}>{error}</FieldProblem> : null}
      <p id={`${id}-found`} role="status" className="text-xs text-muted">
        {statusOf(place, { found: found.length, shown: shown.length, isSearching: typed !== "" })}
      </p>
      <ul
        ref={list}
        aria-label="Parameters"
        className="divide-y divide-border rounded-md border border-border empty:hidden"
      >
        {shown.map((parameter) => (
          <li key={parameter.pointer}>
            <Row parameter={parameter} onChoose={() => choose(parameter)} onKeyDown={step} />
          </li>
        ))}
        {isOther ? (
          <li>
            <button type="button" className={ROW} onClick={() => choose({ pointer: typed, title: typed })}>
              Use <code className="font-mono text-xs [overflow-wrap:anywhere]">{typed}</code> as it is written
            </button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}

const ROW =
  "tap block w-full px-3 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 disabled:cursor-not-allowed disabled:hover:bg-transparent";

function Row({
  parameter,
  onChoose,
  onKeyDown,
}: {
  readonly parameter: PatchableParameter;
  readonly onChoose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { title, pointer, refusal, value, patchedBefore } = parameter;
  return (
    <button type="button" disabled={refusal !== null} onClick={onChoose} onKeyDown={onKeyDown} className={ROW}>
      <span className="flex items-baseline gap-2">
        <span className={cx("min-w-0 grow truncate", refusal === null ? "font-medium" : "text-muted")}>{title}</span>
        {refusal === null ? (
          <span className="max-w-32 shrink-0 truncate font-mono text-xs text-muted">
            <span className="sr-only">now </span>
            {shortText(value)}
          </span>
        ) : (
          <Lock aria-hidden className="size-3.5 shrink-0 self-center text-muted" />
        )}
      </span>
      <span className="block truncate font-mono text-xs text-muted">{title === pointer ? "" : pointer}</span>
      {refusal === null ? null : <span className="block text-xs text-muted">{refusal}</span>}
      {refusal === null && patchedBefore > 0 ? (
        <span className="block text-xs text-muted">
          patched {patchedBefore === 1 ? "once" : `${patchedBefore} times`} in 90 days
        </span>
      ) : null}
    </button>
  );
}

/** A value in a few characters. */
function shortText(value: Json | undefined): string {
  if (value === undefined) return "not set";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= LONG ? text : `${text.slice(0, LONG - 1)}…`;
}

/** Titles come before pointers, and those before descriptions; what is equally near stays in its order. */
function farness({ title, pointer }: PatchableParameter, text: string): number {
  const wanted = text.toLowerCase().trim();
  if (title.toLowerCase().includes(wanted)) return 0;
  return pointer.toLowerCase().includes(wanted) ? 1 : 2;
}

/** Whether every word that was typed is in the title, the pointer or the description. */
function isMeant({ title, pointer, description }: PatchableParameter, text: string): boolean {
  const where = `${title} ${pointer} ${description ?? ""}`.toLowerCase();
  const words = text.toLowerCase().trim().split(/\s+/u);
  return words.every((word) => where.includes(word));
}

function statusOf(
  place: PlaceState,
  { found, shown, isSearching }: { readonly found: number; readonly shown: number; readonly isSearching: boolean },
): string {
  switch (place.is) {
    case "unchosen":
      return "Choose the system first";
    case "loading":
      return "Reading what can be patched there…";
    case "unreachable":
      return "Without a connection, write the parameter’s pointer, for example /temperature";
    case "refused":
      return place.message;
    case "there":
      if (found === 0) return isSearching ? "None is called so; write its whole pointer" : "Every parameter is chosen";
      if (!isSearching) return "What was patched here before comes first";
      return found > shown ? `${shown} of ${found}; write more to find fewer` : `${found} found`;
  }
}
