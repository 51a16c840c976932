import type { Metadata } from "next";
import { GroupTable } from "#components/accounts/group-table.tsx";
import { NewGroupDialog } from "#components/accounts/new-group-dialog.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may } from "#lib/access/may.ts";
import { listGroups } from "#lib/accounts/queries/groups.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { makeGroup } from "./actions.ts";

export const metadata: Metadata = { title: "Groups" };

export default async function GroupsPage() {
  const actor = await requireActor();
  const { groups } = await found(listGroups(actor, {}));
  const mayManage = may(actor, "access:manage");
  return (
    <>
      <PageHeader
        title="Groups"
        meta="Teams that policies and roles name: a guardrail change needs someone of the group that answers for it."
        actions={mayManage ? <NewGroupDialog action={makeGroup} /> : null}
      />
      <Card>
        <GroupTable groups={groups} />
      </Card>
    </>
  );
}
