import type { Metadata } from "next";
import { BundleTable } from "#components/bundles/bundle-table.tsx";
import { NewBundleDialog } from "#components/bundles/new-bundle-dialog.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { systemOverview } from "#lib/insights/system-overview.ts";
import { create } from "./actions.ts";

export const metadata: Metadata = { title: "Bundles" };

export default async function BundlesPage({ params, searchParams }: PageProps<"/systems/[system]/bundles">) {
  const [{ system }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const overview = await found(systemOverview(actor, { system }));
  const mayCreate = may(actor, "bundle:create", { systemId: overview.id });
  return (
    <Card labelledBy="bundles">
      <CardHeader
        title="Bundles"
        titleId="bundles"
        actions={
          mayCreate ? (
            <NewBundleDialog system={system} action={create} isOpenAtFirst={search.new !== undefined} />
          ) : null
        }
      />
      <BundleTable system={system} bundles={overview.bundles} mayCreate={mayCreate} now={new Date()} />
    </Card>
  );
}
