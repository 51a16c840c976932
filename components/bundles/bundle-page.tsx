import { type BundleEnvironment, BundleEnvironments } from "#components/bundles/bundle-environments.tsx";
import { type DraftRow, DraftTable } from "#components/bundles/draft-table.tsx";
import { type VersionRow, VersionTable } from "#components/bundles/version-table.tsx";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Time } from "#components/ui/time.tsx";

type BundleView = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly archivedAt: Date | null;
  readonly revision: number;
  readonly system: { readonly slug: string; readonly name: string };
  readonly newest: { readonly id: string; readonly semver: string } | null;
  readonly environments: readonly BundleEnvironment[];
};

/** One bundle: what each environment runs of it, its versions and what is being written. */
export function BundlePageView({
  bundle,
  versions,
  drafts,
  pages,
  can,
  actions,
  now,
}: {
  readonly bundle: BundleView;
  readonly versions: readonly VersionRow[];
  readonly drafts: readonly DraftRow[];
  readonly pages: { readonly first?: string; readonly next?: string };
  readonly can: { readonly edit: boolean; readonly propose: boolean; readonly archive: boolean };
  readonly actions: { readonly start: FormAction; readonly archive: FormAction };
  readonly now: Date;
}) {
  const { system } = bundle;
  const place = { system: system.slug, bundle: bundle.slug };
  const isArchived = bundle.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={bundle.name}
        suffix={<code className="font-mono text-base">{bundle.slug}</code>}
        breadcrumbs={[
          { label: "Systems", href: "/systems" },
          { label: system.name, href: `/systems/${system.slug}` },
          { label: "Bundles", href: `/systems/${system.slug}/bundles` },
        ]}
        meta={
          <>
            {isArchived ? <StatusBadge tone="neutral">Archived</StatusBadge> : null}
            <span>{bundle.description || "A configuration document of this system"}</span>
          </>
        }
        actions={
          <>
            {can.archive && !isArchived ? <Archive bundle={bundle} action={actions.archive} /> : null}
            {can.edit && !isArchived ? (
              <StartDraft place={place} action={actions.start} newest={bundle.newest} isFirst={drafts.length === 0} />
            ) : null}
          </>
        }
      />
      <div className="grid gap-4">
        {bundle.archivedAt ? (
          <Callout title="This bundle is archived">
            Since <Time at={bundle.archivedAt} now={now} precision="minute" show="both" />. Its history stays; no draft
            can be started.
          </Callout>
        ) : null}
        <Card labelledBy="environments">
          <CardHeader title="What each environment runs" titleId="environments" />
          <BundleEnvironments
            place={place}
            environments={bundle.environments}
            newest={bundle.newest}
            mayPropose={can.propose && !isArchived}
            now={now}
          />
        </Card>
        <Card labelledBy="drafts">
          <CardHeader title="Drafts" titleId="drafts" description="Working copies that are being written or reviewed" />
          <DraftTable drafts={drafts} now={now} />
        </Card>
        <Card labelledBy="versions">
          <CardHeader title="Versions" titleId="versions" description="Immutable, newest first" />
          <VersionTable versions={versions} now={now} />
          {pages.first || pages.next ? (
            <Pager newerHref={pages.first} olderHref={pages.next} newerLabel="Newest" />
          ) : null}
        </Card>
      </div>
    </>
  );
}

function StartDraft({
  place,
  newest,
  isFirst,
  action,
}: {
  readonly place: { readonly system: string; readonly bundle: string };
  readonly newest: BundleView["newest"];
  /** Nobody writes one yet: it is the next step. */
  readonly isFirst: boolean;
  readonly action: FormAction;
}) {
  return (
    <ActionForm action={action} hidden={place} className="contents" label="Start a draft">
      <SubmitButton variant={isFirst ? "primary" : "secondary"}>
        {newest ? `Start a draft from ${newest.semver}` : isFirst ? "Start the first draft" : "Start another draft"}
      </SubmitButton>
    </ActionForm>
  );
}

function Archive({ bundle, action }: { readonly bundle: BundleView; readonly action: FormAction }) {
  return (
    <ConfirmDialog
      trigger={{ label: "Archive…", variant: "ghost" }}
      title={`Archive ${bundle.name}?`}
      description="No draft of it can be started any more. Its versions, snapshots and history stay. It must be deployed nowhere."
      confirmLabel="Archive bundle"
      typeToConfirm={bundle.slug}
      action={action}
      hidden={{ system: bundle.system.slug, bundle: bundle.slug, revision: String(bundle.revision) }}
    >
      <Field label="Reason" name="reason" required hint="Auditors will read it; at least 10 characters">
        <Textarea rows={2} />
      </Field>
    </ConfirmDialog>
  );
}
