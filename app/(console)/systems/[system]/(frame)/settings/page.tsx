import type { Metadata } from "next";
import { SystemSettings } from "#components/systems/system-settings.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import type { RiskTier } from "#lib/systems/model.ts";
import { showSystem } from "#lib/systems/queries.ts";
import { describe, protect } from "./actions.ts";

export const metadata: Metadata = { title: "Settings" };

export default async function SystemSettingsPage({ params }: PageProps<"/systems/[system]/settings">) {
  const [{ system: slug }, actor] = await Promise.all([params, requireActor()]);
  const system = await found(showSystem(actor, { system: slug }));
  return (
    <SystemSettings
      key={system.revision}
      system={{ ...system, riskTier: system.riskTier as RiskTier }}
      mayManage={may(actor, "system:manage", { systemId: system.id })}
      actions={{ describe, protect }}
    />
  );
}
