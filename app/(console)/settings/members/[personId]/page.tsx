import type { Metadata } from "next";
import { GrantDialog } from "#components/accounts/grant-dialog.tsx";
import { GrantList } from "#components/accounts/grant-list.tsx";
import { GroupMemberships } from "#components/accounts/group-memberships.tsx";
import { MemberActions } from "#components/accounts/member-actions.tsx";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { may } from "#lib/access/may.ts";
import { listGroups } from "#lib/accounts/queries/groups.ts";
import { showPerson } from "#lib/accounts/queries/people.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listSystems } from "#lib/systems/queries.ts";
import * as actions from "../actions.ts";

export const metadata: Metadata = { title: "Member" };

const ways = (person: { readonly hasPassword: boolean; readonly isBoundToCompany: boolean }) =>
  [person.hasPassword ? "a password" : null, person.isBoundToCompany ? "the company's sign-in" : null]
    .filter(Boolean)
    .join(" and ") || "the company's sign-in, not used yet";

export default async function MemberPage({ params }: PageProps<"/settings/members/[personId]">) {
  const [{ personId }, actor] = await Promise.all([params, requireActor()]);
  const person = await found(showPerson(actor, { personId }));
  const mayManage = may(actor, "access:manage");
  const [{ groups }, systems] = await Promise.all([listGroups(actor, {}), listSystems(actor, { limit: 200 })]);
  const choices = systems.items.map(({ slug, name, environments }) => ({
    slug,
    name,
    environments: environments.map((one) => ({ value: one.slug, label: one.name })),
  }));
  return (
    <>
      <PageHeader
        title={person.name}
        breadcrumbs={[{ href: "/settings/members", label: "Members" }]}
        meta={
          <>
            {person.isActive ? (
              <StatusBadge tone="ok">Active</StatusBadge>
            ) : (
              <StatusBadge tone="neutral">Deactivated</StatusBadge>
            )}
            <span>{person.email}</span>
          </>
        }
        actions={
          mayManage ? (
            <MemberActions
              person={person}
              isOneself={person.id === actor.id}
              rename={actions.renameMember}
              resetPassword={actions.resetMemberPassword}
              endSessions={actions.endMemberSessions}
              deactivate={actions.deactivateMember}
              reactivate={actions.reactivateMember}
            />
          ) : null
        }
      />
      <div className="grid max-w-3xl gap-5">
        <Card>
          <CardBody>
            <DescriptionList
              items={[
                { term: "Signs in with", value: ways(person) },
                { term: "Let in", value: <Time at={person.createdAt} precision="minute" /> },
                { term: "Live sessions", value: person.liveSessions },
                { term: "Live tokens", value: person.tokens.map((token) => token.name).join(", ") || "none" },
                {
                  term: "What they did",
                  value: <TextLink href={`/audit?actor=${person.id}`}>In the audit trail</TextLink>,
                },
              ]}
            />
          </CardBody>
        </Card>
        <Card labelledBy="roles">
          <CardHeader
            title="Roles"
            titleId="roles"
            description="A change ends this person's sessions, so that it holds at once."
            actions={
              mayManage ? (
                <GrantDialog
                  to={{ personId: person.id }}
                  name={person.name}
                  systems={choices}
                  action={actions.giveRole}
                />
              ) : null
            }
          />
          <CardBody>
            <GrantList
              grants={person.grants}
              empty="No role of their own."
              revoke={mayManage ? actions.takeRole : undefined}
            />
            {person.groups
              .filter((group) => group.grants.length > 0)
              .map((group) => (
                <div key={group.slug} className="mt-4">
                  <h3 className="mb-1 text-sm text-muted">
                    Through <TextLink href={`/settings/groups/${group.slug}`}>{group.name}</TextLink>
                  </h3>
                  <GrantList grants={group.grants} empty="" />
                </div>
              ))}
          </CardBody>
        </Card>
        <GroupMemberships
          personId={person.id}
          memberships={person.groups}
          groups={groups.map(({ slug, name }) => ({ value: slug, label: name }))}
          mayManage={mayManage}
          join={actions.putIntoGroup}
          leave={actions.takeOutOfGroup}
        />
      </div>
    </>
  );
}
