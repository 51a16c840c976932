import { Bell } from "lucide-react";
import { iconButtonClass } from "#components/ui/button-class.ts";
import { Link } from "#components/ui/link.tsx";

/** What waits for this person, one press away from everywhere. */
export function InboxButton({ count, href }: { readonly count: number; readonly href: string }) {
  const label =
    count === 0
      ? "Inbox, nothing waits for you"
      : `Inbox, ${count} ${count === 1 ? "thing waits" : "things wait"} for you`;
  return (
    <Link href={href} aria-label={label} title={label} className={iconButtonClass("ghost", "md", "relative")}>
      <Bell aria-hidden />
      {count > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[0.625rem] leading-none font-semibold text-on-accent"
        >
          {count > 99 ? "99+" : count}
        </span>
      ) : null}
    </Link>
  );
}
