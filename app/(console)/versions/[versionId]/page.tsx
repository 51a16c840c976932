import { VersionView } from "#components/bundles/version-view.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { showVersion } from "#lib/bundles/queries.ts";
import { showRules } from "#lib/systems/queries.ts";
import { startFrom } from "./actions.ts";

type Props = PageProps<"/versions/[versionId]">;

export async function generateMetadata({ params }: Props) {
  const [{ versionId }, actor] = await Promise.all([params, requireActor()]);
  const version = await found(showVersion(actor, { versionId }));
  return { title: `${version.bundle.name} ${version.semver}` };
}

export default async function VersionPage({ params, searchParams }: Props) {
  const [{ versionId }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const version = await found(showVersion(actor, { versionId }));
  const { rules } = await showRules(actor, { system: version.system.slug });
  const wanted = typeof search.show === "string" ? search.show : "base";
  return (
    <VersionView
      version={version}
      rules={rules}
      show={wanted}
      mayEdit={may(actor, "bundle:edit", { systemId: version.systemId })}
      startDraft={startFrom}
      now={new Date()}
    />
  );
}
