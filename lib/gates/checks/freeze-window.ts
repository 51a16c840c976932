import { formatUtc } from "#lib/kernel/time.ts";
import type { GateFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";

export function freezeWindow(facts: GateFacts): Finding | null {
  const { release } = facts;
  if (release === null) return null;
  const { isAllowed, reason, windows, changesAt } = release.freeze;
  const until = !isAllowed && changesAt ? `, until ${formatUtc(changesAt)}` : "";
  return {
    id: "freeze_window",
    title: "Freeze window",
    status: isAllowed ? "passed" : "failed",
    isBlocking: true,
    summary: `${reason}${until}`,
    items: isAllowed
      ? []
      : windows.map(({ window }) => ({
          item: window.id,
          message: `${window.name}: ${window.reason}`,
          href: "/settings/freeze-windows",
        })),
    clearedBy: "Time, or an administrator, by changing the window",
    override: "change:override",
    href: "/settings/freeze-windows",
  };
}
