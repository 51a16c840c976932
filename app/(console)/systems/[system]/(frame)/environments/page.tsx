import type { Metadata } from "next";
import { EnvironmentList } from "#components/systems/environment-list.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { systemOverview } from "#lib/insights/system-overview.ts";
import { add, hold, lift } from "./actions.ts";

export const metadata: Metadata = { title: "Environments" };

export default async function EnvironmentsPage({ params }: PageProps<"/systems/[system]/environments">) {
  const [{ system }, actor] = await Promise.all([params, requireActor()]);
  const overview = await found(systemOverview(actor, { system }));
  return (
    <EnvironmentList
      system={overview}
      stages={overview.pipeline.map((stage) => ({
        ...stage,
        mayHold: may(actor, "environment:hold", { systemId: overview.id, environment: stage.slug }),
      }))}
      mayAdd={may(actor, "system:manage", { systemId: overview.id })}
      now={new Date()}
      actions={{ add, hold, lift }}
    />
  );
}
