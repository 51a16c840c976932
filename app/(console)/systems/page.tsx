import type { Metadata } from "next";
import { SystemList } from "#components/systems/system-list.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listSystems } from "#lib/systems/queries.ts";

export const metadata: Metadata = { title: "Systems" };

export default async function SystemsPage({ searchParams }: PageProps<"/systems">) {
  const [params, actor] = await Promise.all([searchParams, requireActor()]);
  const { items, next } = await found(listSystems(actor, { q: params.q, cursor: params.after }));
  const mayCreate = may(actor, "system:create");
  const current = queryOf(params);
  return (
    <>
      <PageHeader
        title="Systems"
        meta="AI systems under governance, each with its environments, rules and bundles"
        actions={
          mayCreate ? (
            <LinkButton href="/systems/new" variant="primary">
              New system
            </LinkButton>
          ) : null
        }
      />
      <SystemList
        systems={items}
        search={typeof params.q === "string" ? params.q : ""}
        mayCreate={mayCreate}
        firstHref={params.after ? `/systems${withParams(current, { after: null })}` : undefined}
        nextHref={next ? `/systems${withParams(current, { after: next })}` : undefined}
      />
    </>
  );
}
