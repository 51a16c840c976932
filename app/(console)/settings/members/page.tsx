import type { Metadata } from "next";
import { InviteDialog } from "#components/accounts/invite-dialog.tsx";
import { MemberTable } from "#components/accounts/member-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { FilterBar } from "#components/ui/filter-bar.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { SearchFilter, SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { may } from "#lib/access/may.ts";
import { listGroups } from "#lib/accounts/queries/groups.ts";
import { listPeople } from "#lib/accounts/queries/people.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { inviteMember } from "./actions.ts";

export const metadata: Metadata = { title: "Members" };

const states = [
  { value: "active", label: "Active" },
  { value: "deactivated", label: "Deactivated" },
];

export default async function MembersPage({ searchParams }: PageProps<"/settings/members">) {
  const [params, actor] = await Promise.all([searchParams, requireActor()]);
  const { people, nextCursor } = await found(
    listPeople(actor, { search: params.q, state: params.state, cursor: params.after }),
  );
  const mayManage = may(actor, "access:manage");
  const query = queryOf(params);
  return (
    <>
      <PageHeader
        title="Members"
        meta="Who may sign in, and what each may do."
        actions={mayManage ? <InviteDialog {...(await choices())} action={inviteMember} /> : null}
      />
      <Card>
        <FilterBar label="Filter members">
          <SearchFilter label="Search by name or e-mail" />
          <SelectFilter param="state" label="State" anyLabel="Any state" options={states} />
        </FilterBar>
        <MemberTable people={people} isFiltered={Boolean(params.q || params.state)} />
        {params.after || nextCursor ? (
          <Pager
            newerLabel="From the start"
            olderLabel="Next"
            newerHref={params.after ? `/settings/members${withParams(query, { after: null })}` : undefined}
            olderHref={nextCursor ? `/settings/members${withParams(query, { after: nextCursor })}` : undefined}
          />
        ) : null}
      </Card>
    </>
  );

  async function choices() {
    const [{ groups }, systems] = await Promise.all([listGroups(actor, {}), listSystems(actor, { limit: 200 })]);
    return {
      groups: groups.map(({ slug, name }) => ({ value: slug, label: name })),
      systems: systems.items.map(({ slug, name, environments }) => ({
        slug,
        name,
        environments: environments.map((one) => ({ value: one.slug, label: one.name })),
      })),
    };
  }
}
