import { BundlePageView } from "#components/bundles/bundle-page.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listDrafts, listVersions, showBundle } from "#lib/bundles/queries.ts";
import { archive, start } from "./actions.ts";

type Props = PageProps<"/systems/[system]/bundles/[bundle]">;

export async function generateMetadata({ params }: Props) {
  const { system, bundle } = await params;
  return { title: `${bundle} · ${system}` };
}

export default async function BundlePage({ params, searchParams }: Props) {
  const [place, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const bundle = await found(showBundle(actor, place));
  const [versions, drafts] = await found(
    Promise.all([
      listVersions(actor, { ...place, limit: 25, cursor: search.after }),
      listDrafts(actor, { ...place, limit: 50 }),
    ]),
  );
  const here = `/systems/${place.system}/bundles/${place.bundle}`;
  const current = queryOf(search);
  const scope = { systemId: bundle.systemId };
  return (
    <BundlePageView
      bundle={bundle}
      versions={versions.items}
      drafts={drafts.items}
      pages={{
        first: search.after ? `${here}${withParams(current, { after: null })}` : undefined,
        next: versions.next ? `${here}${withParams(current, { after: versions.next })}` : undefined,
      }}
      can={{
        edit: may(actor, "bundle:edit", scope),
        propose: may(actor, "change:create", scope),
        archive: may(actor, "system:manage", scope),
      }}
      actions={{ start, archive }}
      now={new Date()}
    />
  );
}
