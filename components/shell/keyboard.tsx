"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { areKeysOn } from "#components/shell/key-preference.ts";
import { press, type ShortcutAction } from "#components/shell/shortcuts.ts";
import { receive, send } from "#components/shell/signals.ts";
import { toRoute } from "#components/ui/route.ts";

const ShortcutsDialog = dynamic(() => import("#components/shell/shortcuts-dialog.tsx"), { ssr: false });

const TYPING =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=textbox], [role=menu]";
const ASKING = "dialog[open], [data-open]:is([role=dialog], [role=alertdialog], [role=listbox], [role=menu])";
const PATIENCE = 1200;

/** The keyboard layer: listens once for the whole console, never while someone types or a dialog is open. */
export function Keyboard() {
  const router = useRouter();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [wasHelpOpen, setWasHelpOpen] = useState(false);
  const pending = useRef({ keys: "", at: 0 });

  const showHelp = (open: boolean) => {
    setHelpOpen(open);
    if (open) setWasHelpOpen(true);
  };

  const act = (action: ShortcutAction) => {
    switch (action.do) {
      case "go":
        return router.push(toRoute(action.href));
      case "row":
        return step("main [data-row-href]", action.step);
      case "change":
        return step("main [data-change]", action.step);
      case "open":
        return currentRow()?.querySelector<HTMLElement>("a[href]")?.click();
      case "select":
        return currentRow()?.querySelector<HTMLElement>("input[type=checkbox]")?.click();
      case "search":
        return focusSearch();
      case "help":
        return showHelp(true);
      case "review":
      case "comment":
      case "viewed":
        return send(action.do);
    }
  };

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return send("palette");
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !areKeysOn()) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (document.querySelector(ASKING)) return;
    const fresh = event.timeStamp - pending.current.at < PATIENCE ? pending.current.keys : "";
    const pressed = press(fresh, event.key);
    pending.current = { keys: pressed.pending, at: event.timeStamp };
    if (!pressed.action) return;
    event.preventDefault();
    act(pressed.action);
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  useEffect(
    () =>
      receive("shortcuts", () => {
        setHelpOpen(true);
        setWasHelpOpen(true);
      }),
    [],
  );
  return wasHelpOpen ? <ShortcutsDialog open={isHelpOpen} onOpenChange={showHelp} /> : null;
}

function currentRow(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-row-href]") ?? null;
}

function focusSearch(): void {
  const field = document.querySelector<HTMLElement>("main [data-search]");
  if (field) field.focus();
  else send("palette");
}

/** Moves the focus to the next or previous place of a kind: to the link or button in it, else to itself. */
function step(places: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(places)].filter((place) => place.offsetParent !== null);
  const at = all.findIndex((place) => place.contains(document.activeElement));
  const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by];
  if (!next) return;
  const inside = next.querySelector<HTMLElement>("a[href], button");
  if (!inside && !next.hasAttribute("tabindex")) next.tabIndex = -1;
  (inside ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
