import type { Metadata } from "next";
import { cache } from "react";
import { InstanceView } from "#components/fleets/instance-view.tsx";
import { Live } from "#components/shell/live.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { showRuntime } from "#lib/runtimes/queries-instances.ts";
import { retire } from "../actions.ts";

type Props = PageProps<"/systems/[system]/environments/[environment]/fleet/[runtime]">;

const load = cache(async (runtime: string) => found(showRuntime(await requireActor(), { runtime })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const view = await load((await params).runtime);
  return { title: `${view.instance} · ${view.environment.name} of ${view.system.name}` };
}

export default async function InstancePage({ params }: Props) {
  const view = await load((await params).runtime);
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
