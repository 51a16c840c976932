import type { Metadata } from "next";
import { NewChannelDialog } from "#components/alerts/channel-dialogs.tsx";
import { ChannelTable } from "#components/alerts/channel-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { listChannels } from "#lib/alerts/queries.ts";
import { found } from "#lib/api/found.ts";
import { makeChannel } from "./actions.ts";
import { managedSystems } from "./systems.ts";

export const metadata: Metadata = { title: "Alert channels" };

export default async function AlertsPage() {
  const actor = await requireActor();
  const [{ channels }, systems] = await Promise.all([found(listChannels(actor, {})), managedSystems(actor)]);
  return (
    <>
      <PageHeader
        title="Alert channels"
        meta="Where alerts go besides the inboxes of the people whom they concern."
        actions={<NewChannelDialog systems={systems} mayServeAll={may(actor, "alert:manage")} make={makeChannel} />}
      />
      <Card>
        <ChannelTable channels={channels} now={new Date()} />
      </Card>
    </>
  );
}
