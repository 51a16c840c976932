import type { Metadata } from "next";
import { cookies } from "next/headers";
import { FilingForm } from "#components/hot-patches/file/filing-form.tsx";
import { PLACE_COOKIE, placeFrom, placeIn } from "#components/hot-patches/file/places.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { listPatchable, listPatchPlaces } from "#lib/hot-patches/queries/prepare-hot-patch.ts";
import { firstOf } from "#lib/kernel/search-params.ts";

export const metadata: Metadata = { title: "File a hot-patch" };

const WISHES = ["system", "environment", "bundle", "pointer", "incident"] as const;

export default async function NewHotPatchPage({ searchParams }: PageProps<"/hot-patches/new">) {
  const [actor, params, jar] = await Promise.all([requireActor(), searchParams, cookies()]);
  const places = await found(listPatchPlaces(actor, {}));
  const wish = firstOf(params, WISHES);
  const place = placeIn(places, wish.system ? wish : placeFrom(jar.get(PLACE_COOKIE)?.value));
  const offer = place.environment === "" ? null : await found(listPatchable(actor, place));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Hot-patches", href: "/hot-patches" }]}
        title="File a hot-patch"
        meta="Changes parameters for a few hours during an incident, then goes back by itself."
      />
      {places.length > 0 ? (
        <FilingForm personId={actor.id} places={places} first={{ place, offer }} wish={wish} />
      ) : (
        <Card>
          <EmptyState
            title="Nothing is deployed where you may file a hot-patch"
            action={<LinkButton href="/deployments">See what is deployed</LinkButton>}
          >
            A hot-patch changes what runs. Promote a version into an environment first.
          </EmptyState>
        </Card>
      )}
    </>
  );
}
