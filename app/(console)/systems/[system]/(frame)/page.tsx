import { SystemOverview } from "#components/systems/system-overview.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { systemOverview } from "#lib/insights/system-overview.ts";

export default async function SystemPage({ params }: PageProps<"/systems/[system]">) {
  const [{ system }, actor] = await Promise.all([params, requireActor()]);
  const overview = await found(systemOverview(actor, { system }));
  return (
    <SystemOverview
      overview={overview}
      now={new Date()}
      mayCreateBundle={may(actor, "bundle:create", { systemId: overview.id })}
    />
  );
}
