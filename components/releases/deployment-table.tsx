import { DeploymentRows } from "#components/releases/deployment-rows.tsx";
import type { DeploymentState } from "#lib/releases/model.ts";

type Deployment = {
  readonly number: number;
  readonly state: string;
  readonly isCurrent: boolean;
  readonly needsBuild: boolean;
  readonly deployedBy: string;
  readonly createdAt: Date;
  readonly bundle: { readonly name: string; readonly system: { readonly slug: string; readonly name: string } };
  readonly environment: { readonly slug: string; readonly name: string };
  readonly changeRequest: { readonly number: number; readonly title: string };
  readonly snapshot: {
    readonly number: number;
    readonly effectiveDigest: string;
    readonly version: { readonly id: string; readonly semver: string };
  };
};

/** Deployments, each with its snapshot and the request that it came from. */
export function DeploymentTable({
  rows,
  now,
  showPlace = true,
  label = "Deployments",
}: {
  readonly rows: readonly Deployment[];
  readonly now: Date;
  /** Off where the page is about one environment. */
  readonly showPlace?: boolean;
  readonly label?: string;
}) {
  const shown = rows.map(({ number, isCurrent, needsBuild, deployedBy, createdAt, ...row }) => ({
    ...{ number, isCurrent, needsBuild, deployedBy, createdAt },
    state: row.state as DeploymentState,
    bundle: row.bundle.name,
    system: row.bundle.system.name,
    version: { href: `/versions/${row.snapshot.version.id}`, semver: row.snapshot.version.semver },
    environment: {
      href: `/systems/${row.bundle.system.slug}/environments/${row.environment.slug}`,
      name: row.environment.name,
    },
    change: { number: row.changeRequest.number, title: row.changeRequest.title },
    snapshot: { number: row.snapshot.number, digest: row.snapshot.effectiveDigest },
  }));
  return <DeploymentRows rows={shown} now={now} showPlace={showPlace} label={label} />;
}
