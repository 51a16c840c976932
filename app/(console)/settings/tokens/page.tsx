import type { Metadata } from "next";
import { NewTokenDialog } from "#components/accounts/new-token-dialog.tsx";
import { TokenTable } from "#components/accounts/token-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { FilterBar } from "#components/ui/filter-bar.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { SelectFilter } from "#components/ui/filters.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { listTokens } from "#lib/accounts/queries/tokens.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { endToken, makeToken } from "./actions.ts";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage({ searchParams }: PageProps<"/settings/tokens">) {
  const [params, actor] = await Promise.all([searchParams, requireActor()]);
  const [{ tokens, nextCursor }, systems] = await Promise.all([
    found(listTokens(actor, { cursor: params.after, state: params.state })),
    listSystems(actor, { limit: 200 }),
  ]);
  const mayManage = mayAnywhere(actor, "token:manage");
  const query = queryOf(params);
  const choices = systems.items.map(({ slug, name, environments }) => ({
    slug,
    name,
    environments: environments.map((one) => ({ value: one.slug, label: one.name })),
  }));
  return (
    <>
      <PageHeader
        title="API tokens"
        meta="Credentials of machines. Each has a role, a reach and an end; none can approve a change."
        actions={mayManage ? <NewTokenDialog systems={choices} make={makeToken} /> : null}
      />
      <Card>
        <FilterBar label="Filter tokens">
          <SelectFilter param="state" label="State" anyLabel="Any state" options={[{ value: "live", label: "Live" }]} />
        </FilterBar>
        <TokenTable
          tokens={tokens}
          now={new Date()}
          isFiltered={Boolean(params.state)}
          revoke={mayManage ? endToken : undefined}
        />
        {params.after || nextCursor ? (
          <Pager
            newerHref={params.after ? `/settings/tokens${withParams(query, { after: null })}` : undefined}
            olderHref={nextCursor ? `/settings/tokens${withParams(query, { after: nextCursor })}` : undefined}
          />
        ) : null}
      </Card>
    </>
  );
}
