import type { ReactNode } from "react";
import { Palette, type PaletteSearch } from "#components/palette/palette.tsx";
import { AccountMenu, type ShellPerson } from "#components/shell/account-menu.tsx";
import { Keyboard } from "#components/shell/keyboard.tsx";
import { Logo } from "#components/shell/logo.tsx";
import { Nav } from "#components/shell/nav.tsx";
import type { NavCounts, PageId } from "#components/shell/navigation.ts";
import { SearchButton } from "#components/shell/search-button.tsx";
import { ThemeToggle } from "#components/shell/theme-toggle.tsx";
import { Drawer } from "#components/ui/drawer.tsx";
import { Link } from "#components/ui/link.tsx";

/** The frame around every page of the console. */
export function Shell({
  person,
  counts,
  signOut,
  accountHref = "/settings/account",
  pages,
  search,
  inbox,
  banner,
  children,
}: {
  readonly person: ShellPerson;
  readonly counts: NavCounts;
  readonly signOut: () => Promise<void>;
  readonly accountHref?: string;
  /** Which pages this person has; absent: all. */
  readonly pages?: readonly PageId[];
  /** A server action that finds things for the palette. */
  readonly search?: PaletteSearch;
  /** What needs this person, as a button with a number. */
  readonly inbox?: ReactNode;
  /** Something urgent that every page has to show. */
  readonly banner?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header
        data-print="hide"
        className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-border bg-surface px-4 max-md:gap-1 max-md:px-3"
      >
        <div className="md:hidden">
          <Drawer label="Navigation">
            <Nav counts={counts} pages={pages} />
          </Drawer>
        </div>
        <Link href="/" className="flex min-h-8 items-center rounded-md px-1">
          <Logo />
        </Link>
        <div className="ml-auto flex items-center gap-1.5">
          <SearchButton />
          {inbox}
          <ThemeToggle />
          <AccountMenu person={person} signOut={signOut} accountHref={accountHref} />
        </div>
      </header>
      {banner ? <div data-print="hide">{banner}</div> : null}
      <div className="mx-auto flex max-w-[110rem]">
        <aside
          data-print="hide"
          className="sticky top-13 h-[calc(100dvh-3.25rem)] w-56 shrink-0 overflow-y-auto border-r border-border bg-surface px-2 py-3 max-md:hidden"
        >
          <Nav counts={counts} pages={pages} />
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 grow px-4 pt-6 pb-16 outline-hidden md:px-6 lg:px-8">
          {children}
        </main>
      </div>
      <Keyboard />
      <Palette search={search} pages={pages} />
    </>
  );
}
