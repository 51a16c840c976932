"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "#components/ui/tabs.tsx";

const TABS = [
  ["", "Overview"],
  ["/bundles", "Bundles"],
  ["/parameters", "Parameters"],
  ["/constraints", "Constraints"],
  ["/dependencies", "Dependencies"],
  ["/policies", "Policies"],
  ["/environments", "Environments"],
  ["/thresholds", "Thresholds"],
  ["/flags", "Flags"],
  ["/history", "History"],
  ["/settings", "Settings"],
] as const;

export type TabCounts = Readonly<
  Record<"bundles" | "parameters" | "constraints" | "dependencies" | "policies", number>
>;

/** The parts of a system; the address says which one is open. */
export function SystemTabs({ system, counts }: { readonly system: string; readonly counts: TabCounts }) {
  const pathname = usePathname();
  const root = `/systems/${system}`;
  const countOf = (path: string) => Object.entries(counts).find(([name]) => path === `/${name}`)?.[1];
  return (
    <Tabs
      label="Parts of the system"
      tabs={TABS.map(([path, label]) => ({
        href: `${root}${path}`,
        label,
        count: countOf(path),
        isCurrent:
          path === "" ? pathname === root : pathname === `${root}${path}` || pathname.startsWith(`${root}${path}/`),
      }))}
    />
  );
}
