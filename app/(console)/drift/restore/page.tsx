import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RestoreView } from "#components/drift/restore-view.tsx";
import { Live } from "#components/shell/live.tsx";
import { ProductionMarker } from "#components/shell/production-marker.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { examineRemediation } from "#lib/drift/remediation/queries.ts";
import { environmentRunning } from "#lib/insights/place.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { restore } from "./actions.ts";

export const metadata: Metadata = { title: "Restore" };

export default async function RestorePage({ searchParams }: PageProps<"/drift/restore">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { system, environment, bundle } = firstOf(params, ["system", "environment", "bundle"]);
  if (!system || !environment || !bundle) notFound();
  const place = { system, environment, bundle };
  const [view, examined] = await found(
    Promise.all([environmentRunning(actor, { system, environment }), examineRemediation(actor, place)]),
  );
  const name = `${view.bundles.find((one) => one.slug === bundle)?.name ?? bundle} in ${view.environment.name}`;
  return (
    <>
      <Live />
      {view.isLast ? <ProductionMarker label={view.environment.name} /> : null}
      <PageHeader
        breadcrumbs={[
          { label: "Drift", href: "/drift" },
          { label: view.system.name, href: `/drift?system=${system}&environment=${environment}` },
        ]}
        title={`Restore ${name}`}
        meta={<span>Brings runtimes that drifted back. It never touches what is hot-patched, stale or unknown.</span>}
      />
      <RestoreView place={place} name={name} examined={examined} action={restore} />
    </>
  );
}
