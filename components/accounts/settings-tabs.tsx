"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "#components/ui/tabs.tsx";

/** The parts of the settings that this person has. */
export function SettingsTabs({
  seesPeople,
  seesTokens,
  seesAlerts,
}: {
  readonly seesPeople: boolean;
  readonly seesTokens: boolean;
  readonly seesAlerts: boolean;
}) {
  const pathname = usePathname();
  const parts = [
    { path: "account", label: "Your account", isShown: true },
    { path: "members", label: "Members", isShown: seesPeople },
    { path: "groups", label: "Groups", isShown: seesPeople },
    { path: "tokens", label: "API tokens", isShown: seesTokens },
    { path: "freeze-windows", label: "Freeze windows", isShown: true },
    { path: "alerts", label: "Alert channels", isShown: seesAlerts },
  ];
  return (
    <Tabs
      label="Parts of the settings"
      tabs={parts
        .filter(({ isShown }) => isShown)
        .map(({ path, label }) => {
          const href = `/settings/${path}`;
          return { href, label, isCurrent: pathname === href || pathname.startsWith(`${href}/`) };
        })}
    />
  );
}
