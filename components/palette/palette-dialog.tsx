"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { PaletteItem, PaletteSearch } from "#components/palette/palette.tsx";
import { recentVisits } from "#components/palette/recent.ts";
import { PAGES, type PageId } from "#components/shell/navigation.ts";
import { send } from "#components/shell/signals.ts";
import { Kbd } from "#components/ui/kbd.tsx";
import { toRoute } from "#components/ui/route.ts";
import { useToast } from "#components/ui/toast.tsx";

const PAUSE = 120;
const NOTHING: readonly PaletteItem[] = [];

const GROUP =
  "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

export default function PaletteDialog({
  isOpen,
  close,
  search,
  pages,
}: {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly search?: PaletteSearch;
  readonly pages?: readonly PageId[];
}) {
  const router = useRouter();
  const toast = useToast();
  const { resolvedTheme, setTheme } = useTheme();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  const { found, isSearching } = useFound(query, search);

  useEffect(() => {
    const { current } = dialog;
    if (!current) return;
    if (isOpen && !current.open) {
      setQuery("");
      current.showModal();
      input.current?.focus();
    }
    if (!isOpen) current.close();
    const closeBeside = (event: MouseEvent) => {
      if (event.target === current) current.close();
    };
    current.addEventListener("click", closeBeside);
    return () => current.removeEventListener("click", closeBeside);
  }, [isOpen]);

  const go = (href: string) => {
    close();
    router.push(toRoute(href));
  };
  const copyLink = async () => {
    close();
    await navigator.clipboard.writeText(location.href);
    toast.show({ title: "Link copied", tone: "ok" });
  };

  const groups = Map.groupBy(found, (item) => item.group);
  const pagesFound = PAGES.filter((page) => (pages?.includes(page.id) ?? true) && isMeant(page.label, query));
  const commands: readonly PaletteCommand[] = [
    { label: "New change request", run: () => go("/changes/new") },
    { label: "File a hot-patch", words: "incident emergency fix", run: () => go("/hot-patches/new") },
    { label: "Copy link to this page", run: copyLink },
    {
      label: "Switch between light and dark",
      words: "theme",
      run: () => {
        setTheme(resolvedTheme === "dark" ? "light" : "dark");
        close();
      },
    },
    {
      label: "Keyboard shortcuts",
      words: "help",
      keys: "?",
      run: () => {
        close();
        send("shortcuts");
      },
    },
  ];
  const commandsFound = commands.filter(({ label, words = "" }) => isMeant(`${label} ${words}`, query));
  return (
    <dialog
      ref={dialog}
      aria-label="Search and commands"
      onClose={close}
      className="m-0 mx-auto mt-[10vh] w-[calc(100vw-1.5rem)] max-w-xl overflow-hidden rounded-lg border border-border-strong bg-surface p-0 text-text shadow-pop backdrop:bg-shade"
    >
      {/* What the server found stays whatever its letters, so filtering is ours. */}
      <Command label="Search and commands" shouldFilter={false} loop className="flex max-h-[70vh] flex-col">
        <Command.Input
          ref={input}
          value={query}
          onValueChange={setQuery}
          placeholder="Go to, find, or do…"
          className="h-12 w-full shrink-0 border-b border-border bg-transparent px-4 text-base outline-hidden pointer-coarse:text-lg"
        />
        <Command.List className="min-h-0 overflow-y-auto p-1.5" label="Results">
          <Command.Empty className="px-2.5 py-6 text-center text-sm text-muted">
            {isSearching ? "Searching…" : "Nothing found. Try a name, a number or a page."}
          </Command.Empty>
          {[...groups].map(([group, items]) => (
            <Command.Group key={group} heading={group} className={GROUP}>
              {items.map((item) => (
                <Item key={item.id} id={`found ${item.id}`} run={() => go(item.href)} hint={item.hint}>
                  {item.label}
                </Item>
              ))}
            </Command.Group>
          ))}
          {query === "" ? <Recent go={go} /> : null}
          {pagesFound.length > 0 ? (
            <Command.Group heading="Pages" className={GROUP}>
              {pagesFound.map((page) => (
                <Item key={page.id} id={`page ${page.label}`} run={() => go(page.href)} keys={page.keys}>
                  {page.label}
                </Item>
              ))}
            </Command.Group>
          ) : null}
          {commandsFound.length > 0 ? (
            <Command.Group heading="Actions" className={GROUP}>
              {commandsFound.map(({ label, keys, run }) => (
                <Item key={label} id={`action ${label}`} run={run} keys={keys}>
                  {label}
                </Item>
              ))}
            </Command.Group>
          ) : null}
        </Command.List>
      </Command>
    </dialog>
  );
}

type PaletteCommand = {
  readonly label: string;
  /** Other words that mean it. */
  readonly words?: string;
  readonly keys?: string;
  readonly run: () => void;
};

/** Whether every word that was typed is in the text. */
function isMeant(text: string, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/u);
  return words.every((word) => text.toLowerCase().includes(word));
}

function Recent({ go }: { readonly go: (href: string) => void }) {
  const [visits] = useState(recentVisits);
  if (visits.length === 0) return null;
  return (
    <Command.Group heading="Recent" className={GROUP}>
      {visits.map((visit) => (
        <Item key={visit.href} id={`recent ${visit.href}`} run={() => go(visit.href)} hint={visit.href}>
          {visit.label}
        </Item>
      ))}
    </Command.Group>
  );
}

function Item({
  id,
  run,
  keys,
  hint,
  children,
}: {
  readonly id: string;
  readonly run: () => void;
  readonly keys?: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <Command.Item
      value={id}
      onSelect={run}
      className="tap flex min-h-9 items-center gap-3 rounded-sm px-2.5 text-sm select-none data-[selected=true]:bg-accent-bg data-[selected=true]:text-accent-fg"
    >
      <span className="min-w-0 truncate">{children}</span>
      {hint ? <span className="min-w-0 grow truncate text-xs text-muted">{hint}</span> : <span className="grow" />}
      {keys ? <Kbd keys={keys} /> : null}
    </Command.Item>
  );
}

/** Asks a moment after the last key; an answer that comes late is dropped. */
function useFound(query: string, search: PaletteSearch | undefined) {
  const [answer, setAnswer] = useState({ query: "", found: NOTHING });
  const wanted = query.trim();
  useEffect(() => {
    if (!search || wanted === "") return;
    let isStale = false;
    const timer = setTimeout(async () => {
      const found = await search(wanted);
      if (!isStale) setAnswer({ query: wanted, found });
    }, PAUSE);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [wanted, search]);
  const isSearching = search !== undefined && wanted !== "" && answer.query !== wanted;
  return { found: wanted === "" ? NOTHING : answer.found, isSearching };
}
