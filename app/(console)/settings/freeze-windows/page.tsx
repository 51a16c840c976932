import type { Metadata } from "next";
import { FreezeWindowDialog, FreezeWindows } from "#components/releases/freeze-windows.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { humanDuration } from "#lib/kernel/time.ts";
import { openingAt } from "#lib/releases/freeze.ts";
import { listFreezeWindows } from "#lib/releases/queries.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { removeWindow, saveWindow } from "./actions.ts";

export const metadata: Metadata = { title: "Freeze windows" };

export default async function FreezeWindowsPage() {
  const actor = await requireActor();
  const [windows, systems] = await Promise.all([listFreezeWindows(actor, {}), listSystems(actor, { limit: 200 })]);
  const now = new Date();
  const environments = new Map(systems.items.flatMap((one) => one.environments).map((one) => [one.slug, one.name]));
  const options = {
    systems: systems.items.map((one) => ({ value: one.slug, label: one.name })),
    environments: [...environments].map(([value, label]) => ({ value, label })),
  };
  const mayManage = may(actor, "freeze:manage");
  return (
    <>
      <PageHeader
        title="Freeze windows"
        meta="When changes may, and may not, take effect."
        actions={mayManage ? <FreezeWindowDialog options={options} action={saveWindow} /> : null}
      />
      <Card>
        <FreezeWindows
          rows={windows.map((one) => ({
            ...one,
            duration: humanDuration(one.durationMinutes * 60_000),
            endsAt: one.endsAt?.toISOString() ?? null,
            openUntil: openingAt(one, now)?.until.toISOString() ?? null,
          }))}
          options={options}
          mayManage={mayManage}
          save={saveWindow}
          remove={removeWindow}
        />
      </Card>
    </>
  );
}
