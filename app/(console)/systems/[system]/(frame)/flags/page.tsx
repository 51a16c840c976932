import type { Metadata } from "next";
import { FlagBundle } from "#components/insights/flag-bundle.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { flagOverview } from "#lib/insights/flags.ts";

export const metadata: Metadata = { title: "Flags" };

export default async function FlagsPage({ params }: PageProps<"/systems/[system]/flags">) {
  const [{ system }, actor] = await Promise.all([params, requireActor()]);
  const { bundles, environments } = await found(flagOverview(actor, { system }));
  const now = new Date();
  return (
    <div className="grid gap-4">
      {bundles.length > 0 ? (
        bundles.map((bundle) => <FlagBundle key={bundle.slug} bundle={bundle} environments={environments} now={now} />)
      ) : (
        <Card>
          <EmptyState title="No bundle yet">Flags are parameters of a bundle; add one first.</EmptyState>
        </Card>
      )}
    </div>
  );
}
