import type { Metadata } from "next";
import { InstanceView } from "#components/fleets/instance-view.tsx";
import { Live } from "#components/shell/live.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { showRuntime } from "#lib/runtimes/queries-instances.ts";
import { retire } from "../actions.ts";

export const metadata: Metadata = { title: "Instance" };

type Props = PageProps<"/systems/[system]/environments/[environment]/fleet/[runtime]">;

export default async function InstancePage({ params }: Props) {
  const [{ runtime }, actor] = await Promise.all([params, requireActor()]);
  const view = await found(showRuntime(actor, { runtime }));
  const place = `/systems/${view.system.slug}/environments/${view.environment.slug}`;
  return (
    <>
      <Live />
      <PageHeader
        breadcrumbs={[
          { label: view.system.name, href: `/systems/${view.system.slug}` },
          { label: view.environment.name, href: place },
          { label: "Fleet", href: `${place}/fleet` },
        ]}
        title={view.instance}
        meta={
          <span>
            {view.bundle.name} · {view.fleet}
          </span>
        }
      />
      <InstanceView view={view} fleetHref={`${place}/fleet`} retire={retire} now={new Date()} />
    </>
  );
}
