"use client";

import { Keyboard, LogOut, UserRound } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { send } from "#components/shell/signals.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Link } from "#components/ui/link.tsx";

export type ShellPerson = {
  readonly name: string;
  readonly email: string /** In words: "Reviewer, Author". */;
  readonly roles?: string;
};

const ENTRY =
  "tap flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 text-left text-sm hover:bg-hover [&>svg]:size-4 [&>svg]:text-muted";

/** Who is signed in, and the way out. The browser's own popover: closes on Escape and on a press beside it. */
export function AccountMenu({
  person,
  signOut,
  accountHref,
}: {
  readonly person: ShellPerson;
  readonly signOut: () => Promise<void>;
  readonly accountHref: string;
}) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = panel;
    const close = (event: Event) => {
      if (event.target instanceof Element && event.target.closest("a, [data-close]")) current?.hidePopover();
    };
    current?.addEventListener("click", close);
    return () => current?.removeEventListener("click", close);
  }, []);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`Account of ${person.name}`}
        className="tap-square grid size-8 place-items-center rounded-full"
      >
        <Avatar name={person.name} />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="fixed inset-auto top-12.5 right-3 m-0 w-64 rounded-lg border border-border-strong bg-surface p-1 text-text shadow-pop"
      >
        <div className="border-b border-border px-2.5 pt-1.5 pb-2">
          <p className="truncate text-sm font-medium">{person.name}</p>
          <p className="truncate text-xs text-muted">{person.email}</p>
          {person.roles ? <p className="mt-0.5 text-xs text-muted">{person.roles}</p> : null}
        </div>
        <div className="pt-1">
          <Link href={accountHref} className={ENTRY}>
            <UserRound aria-hidden />
            Your account
          </Link>
          <button type="button" data-close="" onClick={() => send("shortcuts")} className={ENTRY}>
            <Keyboard aria-hidden />
            Keyboard shortcuts
          </button>
          <form action={signOut}>
            <button type="submit" className={ENTRY}>
              <LogOut aria-hidden />
              Sign out
            </button>
          </form>
        </div>
      </div>
    </>
  );
}
