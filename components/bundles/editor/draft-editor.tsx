"use client";

import dynamic from "next/dynamic";
import type { DraftActions } from "#components/bundles/draft-answers.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { BundleSource, DraftState } from "#lib/bundles/model.ts";
import type { EnvironmentRef, Rules } from "#lib/systems/model.ts";

export type DraftPageProps = {
  readonly draft: {
    readonly id: string;
    readonly title: string;
    readonly state: DraftState;
    readonly source: BundleSource;
    readonly revision: number;
    readonly updatedBy: string;
    /** ISO 8601. */
    readonly updatedAt: string;
  };
  readonly bundle: { readonly slug: string; readonly name: string };
  readonly system: { readonly slug: string; readonly name: string };
  readonly environments: readonly EnvironmentRef[];
  readonly rules: Rules;
  /** The version that the draft started from; null: from nothing. */
  readonly base: { readonly id: string; readonly semver: string } | null;
  /** The change request that carries it. */
  readonly change: { readonly number: number; readonly title: string; readonly state: string } | null;
  readonly can: { readonly edit: boolean; readonly propose: boolean };
  readonly actions: DraftActions;
};

const Workbench = dynamic(() => import("#components/bundles/editor/workbench.tsx"), {
  ssr: false,
  loading: () => <WorkbenchSkeleton />,
});

/** The editor of a draft. Texts, validation and what this browser kept live in the browser, so it is drawn there. */
export function DraftEditor(props: DraftPageProps) {
  return <Workbench {...props} />;
}

function WorkbenchSkeleton() {
  return (
    <div role="status" aria-label="Loading the editor">
      <PageHeader title="Draft" meta={<Skeleton className="h-4 w-64" />} />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Skeleton className="h-[70vh]" />
        <Skeleton className="h-[70vh] max-xl:hidden" />
      </div>
    </div>
  );
}
