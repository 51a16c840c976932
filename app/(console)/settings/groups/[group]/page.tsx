import type { Metadata } from "next";
import { AddMemberDialog } from "#components/accounts/add-member-dialog.tsx";
import { GrantDialog } from "#components/accounts/grant-dialog.tsx";
import { GrantList } from "#components/accounts/grant-list.tsx";
import { GroupPeople } from "#components/accounts/group-people.tsx";
import { RenameDialog } from "#components/accounts/rename-dialog.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may } from "#lib/access/may.ts";
import { showGroup } from "#lib/accounts/queries/groups.ts";
import { listPeople } from "#lib/accounts/queries/people.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { giveRole, putIntoGroup, takeOutOfGroup, takeRole } from "../../members/actions.ts";
import { renameOneGroup } from "../actions.ts";

export const metadata: Metadata = { title: "Group" };

export default async function GroupPage({ params }: PageProps<"/settings/groups/[group]">) {
  const [{ group: slug }, actor] = await Promise.all([params, requireActor()]);
  const group = await found(showGroup(actor, { group: slug }));
  const mayManage = may(actor, "access:manage");
  const [systems, { people }] = await Promise.all([
    listSystems(actor, { limit: 200 }),
    listPeople(actor, { state: "active" }),
  ]);
  const choices = systems.items.map(({ slug: value, name, environments }) => ({
    slug: value,
    name,
    environments: environments.map((one) => ({ value: one.slug, label: one.name })),
  }));
  const isIn = new Set(group.members.map(({ id }) => id));
  return (
    <>
      <PageHeader
        title={group.name}
        breadcrumbs={[{ href: "/settings/groups", label: "Groups" }]}
        meta={<code className="font-mono text-xs">{group.slug}</code>}
        actions={
          mayManage ? (
            <RenameDialog
              name={group.name}
              hidden={{ group: group.slug, revision: String(group.revision) }}
              action={renameOneGroup}
            />
          ) : null
        }
      />
      <div className="grid max-w-3xl gap-5">
        <Card labelledBy="people">
          <CardHeader
            title="People"
            titleId="people"
            actions={
              mayManage ? (
                <AddMemberDialog
                  group={group.slug}
                  people={people
                    .filter(({ id }) => !isIn.has(id))
                    .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
                  action={putIntoGroup}
                />
              ) : null
            }
          />
          <GroupPeople
            group={group.slug}
            groupName={group.name}
            people={group.members}
            remove={mayManage ? takeOutOfGroup : undefined}
          />
        </Card>
        <Card labelledBy="roles">
          <CardHeader
            title="Roles"
            titleId="roles"
            description="Everyone in the group holds them."
            actions={
              mayManage ? (
                <GrantDialog to={{ group: group.slug }} name={group.name} systems={choices} action={giveRole} />
              ) : null
            }
          />
          <CardBody>
            <GrantList
              grants={group.grants}
              empty="The group gives no role."
              revoke={mayManage ? takeRole : undefined}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
