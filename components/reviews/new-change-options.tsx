import { ChooseMany, ChooseOne } from "#components/reviews/new-change-choices.tsx";
import { listed } from "#components/reviews/words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { utcTime } from "#components/ui/relative-time.ts";

type Stage = { readonly slug: string; readonly name: string };

export type DraftChoice = {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
  readonly bundle: { readonly slug: string; readonly name: string };
  readonly baseVersion: { readonly semver: string } | null;
};

/** Which drafts become new versions, together or not at all. */
export function DraftOptions({
  drafts,
  chosen,
}: {
  readonly drafts: readonly DraftChoice[];
  readonly chosen: readonly string[];
}) {
  if (drafts.length === 0) {
    return (
      <EmptyState level={3} title="There is no draft to propose">
        Open a bundle of this system and start a draft; drafts that a change request carries already are not listed.
      </EmptyState>
    );
  }
  return (
    <ChooseMany
      param="draft"
      legend="Drafts, applied together or not at all"
      chosen={chosen}
      rows={drafts.map((draft) => ({
        value: draft.id,
        label: `${draft.bundle.name}: ${draft.title || "untitled draft"}`,
        hint: `From ${draft.baseVersion?.semver ?? "nothing"} · ${draft.updatedBy}, ${utcTime(draft.updatedAt, "minute")}`,
      }))}
    />
  );
}

export type BundleChoice = {
  readonly slug: string;
  readonly name: string;
  readonly versions: readonly {
    readonly id: string;
    readonly semver: string;
    readonly note: string;
    readonly createdAt: Date;
  }[];
  readonly running: readonly {
    readonly environment: string;
    readonly since: Date;
    readonly snapshot: number;
    readonly versionId: string;
    readonly semver: string;
  }[];
};

/** What runs of a bundle in the stages that matter for a promotion. */
function runsWhere(bundle: BundleChoice, stages: readonly Stage[]): string {
  const said = stages.map((stage) => {
    const here = bundle.running.find((one) => one.environment === stage.slug);
    return `${stage.name} runs ${here ? `${here.semver} since ${utcTime(here.since, "day")}` : "none"}`;
  });
  return `${listed(said)}.`;
}

/** Which version of each bundle goes into the environment. */
export function VersionOptions({
  bundles,
  pipeline,
  environment,
  chosen,
}: {
  readonly bundles: readonly BundleChoice[];
  readonly pipeline: readonly Stage[];
  readonly environment: string;
  readonly chosen: readonly string[];
}) {
  const at = pipeline.findIndex((stage) => stage.slug === environment);
  const before = pipeline[at - 1];
  const stages = pipeline.filter((_, index) => index === at || index === at - 1);
  return bundles.map((bundle) => {
    const inStageBefore = bundle.running.find((one) => one.environment === before?.slug)?.versionId;
    const here = bundle.running.find((one) => one.environment === environment)?.versionId;
    return (
      <ChooseOne
        key={bundle.slug}
        param="version"
        isOneOfMany
        label={bundle.name}
        placeholder="Leave as it is"
        chosen={chosen}
        hint={runsWhere(bundle, stages)}
        options={bundle.versions.map((version) => ({
          value: version.id,
          label: `${version.semver} · ${version.note}${
            version.id === here ? " (runs here)" : version.id === inStageBefore ? ` (runs in ${before?.name})` : ""
          }`,
          isDisabled: version.id === here,
        }))}
      />
    );
  });
}

export type HistoryChoice = {
  readonly slug: string;
  readonly name: string;
  readonly lastKnownGood: number | null;
  readonly deployments: readonly {
    readonly isCurrent: boolean;
    readonly createdAt: Date;
    readonly state: string;
    readonly snapshot: { readonly number: number; readonly version: { readonly semver: string } };
  }[];
};

/** Which earlier snapshot of each bundle comes back. */
export function SnapshotOptions({
  bundles,
  chosen,
  hrefWith,
}: {
  readonly bundles: readonly HistoryChoice[];
  readonly chosen: readonly string[];
  /** The address of this page with a snapshot chosen as well. */
  readonly hrefWith: (snapshot: number) => string;
}) {
  return bundles.map((bundle) => {
    const current = bundle.deployments.find((one) => one.isCurrent);
    const earlier = bundle.deployments.filter(
      (one, index, those) =>
        !one.isCurrent &&
        one.snapshot.number !== current?.snapshot.number &&
        those.findIndex((other) => other.snapshot.number === one.snapshot.number) === index,
    );
    const good = bundle.lastKnownGood;
    return (
      <ChooseOne
        key={bundle.slug}
        param="snapshot"
        isOneOfMany
        label={bundle.name}
        placeholder="Leave as it is"
        chosen={chosen}
        hint={
          current ? (
            <>
              Runs {current.snapshot.version.semver}, snapshot S-{current.snapshot.number}.{" "}
              {good === null ? (
                "No snapshot is known to be good."
              ) : good === current.snapshot.number ? (
                "That is the last known-good one."
              ) : chosen.includes(String(good)) ? (
                "The last known-good one is chosen."
              ) : (
                <TextLink href={hrefWith(good)} replace scroll={false} className="inline-flex min-h-6 items-center">
                  Choose S-{good}, the last known-good one
                </TextLink>
              )}
            </>
          ) : (
            "Nothing of it runs here."
          )
        }
        options={earlier.map((one) => ({
          value: String(one.snapshot.number),
          label: `S-${one.snapshot.number} · ${one.snapshot.version.semver} · ${utcTime(one.createdAt, "minute")} · ${one.state.replace("_", " ")}${
            one.snapshot.number === good ? " · last known-good" : ""
          }`,
        }))}
      />
    );
  });
}
