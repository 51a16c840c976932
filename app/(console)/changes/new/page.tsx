import type { Metadata } from "next";
import { ChangePreviewCard, PreviewRefusal } from "#components/reviews/change-preview.tsx";
import { ChooseOne } from "#components/reviews/new-change-choices.tsx";
import { NewChangeForm } from "#components/reviews/new-change-form.tsx";
import { DraftOptions, SnapshotOptions, VersionOptions } from "#components/reviews/new-change-options.tsx";
import { listed } from "#components/reviews/words.ts";
import { ProductionMarker } from "#components/shell/production-marker.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { listSystems } from "#lib/systems/queries.ts";
import { propose } from "../actions.ts";
import { type Choices, choicesFor, type NewKind, previewOf, type Wish, wishOf, withSystem } from "./read.ts";

export const metadata: Metadata = { title: "New change request" };

const KINDS: readonly (readonly [NewKind, string])[] = [
  ["version", "New version"],
  ["promotion", "Promotion"],
  ["rollback", "Rollback"],
];

/** A title that says it plainly; the author may say it better. */
function suggestedTitle(wish: Wish, choices: Choices | null, labels: readonly string[]): string {
  const place = choices?.environments.find((one) => one.slug === wish.environment)?.name;
  const drafts = choices?.drafts.filter((draft) => wish.drafts.includes(draft.id)) ?? [];
  switch (wish.kind) {
    case "version":
      return drafts.map((draft) => draft.title).find((title) => title !== "") ?? "";
    case "promotion":
      return place && labels.length > 0 ? `Promote ${listed(labels)} to ${place}` : "";
    case "rollback":
      return place && labels.length > 0 ? `Roll ${place} back to ${listed(labels)}` : "";
  }
}

export default async function NewChangePage({ searchParams }: PageProps<"/changes/new">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const wish = await withSystem(actor, wishOf(params));
  const [systems, choices, preview] = await Promise.all([
    listSystems(actor, { limit: 200 }),
    choicesFor(actor, wish),
    previewOf(actor, wish),
  ]);
  const { kind, system, environment } = wish;
  const pipeline = choices?.environments ?? [];
  const isReady = preview !== null && !(preview instanceof Refusal);
  const last = pipeline.at(-1);
  const title = suggestedTitle(wish, choices, isReady ? preview.labels : []);
  return (
    <>
      {last && kind !== "version" && environment === last.slug ? <ProductionMarker label={last.name} /> : null}
      <PageHeader
        breadcrumbs={[{ label: "Change requests", href: "/changes" }]}
        title="New change request"
        meta="Nothing takes effect before it is reviewed and applied."
      />
      <Tabs
        label="Kind of change"
        tabs={KINDS.map(([value, label]) => ({
          href: `/changes/new?${new URLSearchParams({ kind: value, ...(system && { system }) })}`,
          label,
          isCurrent: value === kind,
        }))}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[26rem_minmax(0,1fr)]">
        <div className="grid gap-4">
          <Card labelledBy="what">
            <CardHeader title="What" titleId="what" />
            <CardBody className="grid gap-4">
              <ChooseOne
                param="system"
                label="System"
                placeholder="Choose a system"
                chosen={system === null ? [] : [system]}
                options={systems.items.map((one) => ({ value: one.slug, label: one.name }))}
              />
              {choices && kind === "version" ? <DraftOptions drafts={choices.drafts} chosen={wish.drafts} /> : null}
              {choices && kind !== "version" ? (
                <ChooseOne
                  param="environment"
                  label={kind === "promotion" ? "Into" : "In"}
                  placeholder="Choose an environment"
                  chosen={environment === null ? [] : [environment]}
                  options={pipeline.map((one) => ({ value: one.slug, label: one.name }))}
                />
              ) : null}
              {choices && kind === "promotion" && environment ? (
                <VersionOptions
                  bundles={choices.bundles}
                  pipeline={pipeline}
                  environment={environment}
                  chosen={wish.versions}
                />
              ) : null}
              {choices?.history ? (
                <SnapshotOptions
                  bundles={choices.history.bundles}
                  chosen={wish.snapshots}
                  hrefWith={(snapshot) =>
                    `/changes/new${withParams(queryOf(params), { snapshot: [...wish.snapshots, String(snapshot)] })}`
                  }
                />
              ) : null}
            </CardBody>
          </Card>
          <Card labelledBy="why">
            <CardHeader title="Why" titleId="why" />
            <CardBody>
              <NewChangeForm
                action={propose}
                hidden={{ kind, ...(system && { system }), ...(environment && { environment }) }}
                repeated={{ drafts: wish.drafts, versions: wish.versions, snapshots: wish.snapshots }}
                suggestedTitle={title}
                isReady={isReady}
              />
            </CardBody>
          </Card>
        </div>
        {preview instanceof Refusal ? <PreviewRefusal>{preview.message}</PreviewRefusal> : null}
        {isReady ? (
          <ChangePreviewCard preview={preview} pipeline={pipeline} system={choices?.system.name ?? ""} />
        ) : preview === null ? (
          <p className="rounded-lg border border-dashed border-border-strong px-6 py-10 text-center text-sm text-muted">
            Choose {kind === "version" ? "a draft" : kind === "promotion" ? "versions" : "a snapshot"} to see here what
            it changes.
          </p>
        ) : null}
      </div>
    </>
  );
}
