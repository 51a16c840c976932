import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import { exportFileName } from "#lib/bundles/export-name.ts";
import { exportVersion, showVersion } from "#lib/bundles/queries.ts";

/** The same as the API's export, as a file for whoever is signed in. */
export async function GET(request: Request, { params }: RouteContext<"/versions/[versionId]/export">) {
  const [{ versionId }, actor] = await Promise.all([params, requireActor()]);
  const asked = { ...Object.fromEntries(new URL(request.url).searchParams), versionId };
  const version = await found(showVersion(actor, { versionId }));
  const { format, layer, text } = await found(exportVersion(actor, asked));
  const name = exportFileName({ bundle: version.bundle.slug, label: version.semver, layer, format });
  return new Response(text, {
    headers: {
      "Content-Type": format === "json" ? "application/json; charset=utf-8" : "application/yaml; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
