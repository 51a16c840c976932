import { EffectiveList } from "#components/bundles/effective-list.tsx";
import { CodeEditor } from "#components/editor/code-editor.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { Card } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Time } from "#components/ui/time.tsx";
import type { BundleSource, Provenance } from "#lib/bundles/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Rules } from "#lib/systems/model.ts";

export type VersionPage = {
  readonly id: string;
  readonly sequence: number;
  readonly semver: string;
  readonly digest: string;
  readonly note: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly source: BundleSource;
  readonly bundle: { readonly slug: string; readonly name: string; readonly isArchived: boolean };
  readonly system: { readonly slug: string; readonly name: string };
  readonly previous: { readonly id: string; readonly semver: string } | null;
  readonly change: { readonly number: number; readonly title: string } | null;
  readonly effective: readonly {
    readonly environment: { readonly slug: string; readonly name: string };
    readonly digest: string | null;
    readonly value: JsonObject;
    readonly provenance: Provenance;
  }[];
};

const EFFECTIVE = "effective:";

/** An immutable version: its texts layer by layer, and what each environment gets of it. */
export function VersionView({
  version,
  rules,
  show,
  mayEdit,
  startDraft,
  now,
}: {
  readonly version: VersionPage;
  readonly rules: Rules;
  /** `base`, an environment for its overlay, or `effective:<environment>`. */
  readonly show: string;
  readonly mayEdit: boolean;
  readonly startDraft: FormAction;
  readonly now: Date;
}) {
  const { system, bundle } = version;
  const here = `/versions/${version.id}`;
  const effective = version.effective.find((one) => show === `${EFFECTIVE}${one.environment.slug}`);
  const overlay = version.effective.find((one) => show === one.environment.slug);
  const layer = effective?.environment.slug ?? overlay?.environment.slug ?? "base";
  const current = effective || overlay ? show : "base";
  return (
    <>
      <PageHeader
        title={bundle.name}
        suffix={version.semver}
        breadcrumbs={[
          { label: "Systems", href: "/systems" },
          { label: system.name, href: `/systems/${system.slug}` },
          { label: bundle.name, href: `/systems/${system.slug}/bundles/${bundle.slug}` },
        ]}
        meta={
          <>
            <span>Version {version.sequence}, immutable</span>
            <Digest value={version.digest} />
            <span>
              {version.createdBy} · <Time at={version.createdAt} now={now} show="both" precision="minute" />
            </span>
            {version.change ? (
              <TextLink href={`/changes/${version.change.number}`}>
                {version.change.title} #{version.change.number}
              </TextLink>
            ) : null}
          </>
        }
        actions={
          <>
            {version.previous ? (
              <LinkButton href={`/compare?left=version:${version.previous.id}&right=version:${version.id}`}>
                Compare with {version.previous.semver}
              </LinkButton>
            ) : null}
            <ExportLinks href={`${here}/export`} layer={layer} isEffective={effective !== undefined} />
            {mayEdit && !bundle.isArchived ? (
              <ActionForm
                action={startDraft}
                hidden={{ system: system.slug, bundle: bundle.slug, fromVersion: version.id }}
                className="contents"
                label="Start a draft"
              >
                <SubmitButton variant="secondary">Start a draft from it</SubmitButton>
              </ActionForm>
            ) : null}
          </>
        }
      />
      {version.note ? <p className="mb-4 max-w-prose text-sm whitespace-pre-line">{version.note}</p> : null}
      <Tabs
        label="Layers"
        tabs={[
          { href: here, label: "Base", isCurrent: current === "base" },
          ...version.effective.map(({ environment }) => ({
            href: `${here}?show=${environment.slug}`,
            label: `Overlay of ${environment.name}`,
            isCurrent: current === environment.slug,
          })),
          ...version.effective.map(({ environment }) => ({
            href: `${here}?show=${EFFECTIVE}${environment.slug}`,
            label: `Effective in ${environment.name}`,
            isCurrent: current === `${EFFECTIVE}${environment.slug}`,
          })),
        ]}
      />
      <Card>
        {effective ? (
          <>
            <p className="flex flex-wrap items-center gap-2 border-b border-border px-3 py-2 text-sm">
              Digest of the effective configuration in {effective.environment.name}:
              {effective.digest ? <Digest value={effective.digest} length={24} /> : <span>not computed</span>}
            </p>
            <EffectiveList
              value={effective.value}
              provenance={effective.provenance}
              rules={rules}
              bundle={bundle.slug}
            />
          </>
        ) : (
          <LayerText version={version} layer={layer} />
        )}
      </Card>
    </>
  );
}

function LayerText({ version, layer }: { readonly version: VersionPage; readonly layer: string }) {
  const text = layer === "base" ? version.source.base : (version.source.overlays[layer] ?? "");
  if (text.trim() === "") {
    return (
      <EmptyState title={layer === "base" ? "The base is empty" : `No overlay for ${layer}`} level={3}>
        {layer === "base" ? null : "This environment runs the base as it is."}
      </EmptyState>
    );
  }
  return (
    <CodeEditor
      value={text}
      language="yaml"
      readOnly
      label={`${layer} of ${version.bundle.name}, YAML`}
      height="70vh"
    />
  );
}

function ExportLinks({
  href,
  layer,
  isEffective,
}: {
  readonly href: string;
  readonly layer: string;
  readonly isEffective: boolean;
}) {
  return (["yaml", "json"] as const).map((format) => (
    <a
      key={format}
      href={`${href}?layer=${layer}&format=${format}${isEffective ? "&effective=true" : ""}`}
      download
      className={buttonClass("secondary")}
    >
      {format.toUpperCase()}
      <span className="sr-only"> export of what is shown</span>
    </a>
  ));
}
