import { SettingsTabs } from "#components/accounts/settings-tabs.tsx";
import { may, mayAnywhere } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";

export default async function SettingsLayout({ children }: LayoutProps<"/settings">) {
  const actor = await requireActor();
  return (
    <>
      <SettingsTabs
        seesPeople={may(actor, "access:read")}
        seesTokens={mayAnywhere(actor, "access:read")}
        seesAlerts={mayAnywhere(actor, "alert:manage")}
      />
      {children}
    </>
  );
}
