"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "#components/ui/tabs.tsx";

/** The parts of a request; which one is open is in the address. */
export function ChangeTabs({
  number,
  counts,
}: {
  readonly number: number;
  readonly counts: { readonly threads: number; readonly changes: number; readonly checks: number };
}) {
  const pathname = usePathname();
  const home = `/changes/${number}`;
  const tab = (path: string, label: string, count?: number) => ({
    href: home + path,
    label,
    count,
    isCurrent: pathname === home + path,
  });
  return (
    <Tabs
      label="Parts of the change request"
      tabs={[
        tab("", "Conversation", counts.threads),
        tab("/changes", "Changes", counts.changes),
        tab("/effective", "Effective"),
        tab("/checks", "Checks", counts.checks),
        tab("/timeline", "Timeline"),
      ]}
    />
  );
}
