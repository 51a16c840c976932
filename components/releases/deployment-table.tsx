import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentKind, DeploymentState } from "#lib/releases/model.ts";

export type DeploymentRow = {
  readonly number: number;
  readonly kind: DeploymentKind;
  readonly state: DeploymentState;
  readonly isCurrent: boolean;
  readonly needsBuild: boolean;
  readonly deployedBy: string;
  readonly createdAt: Date;
  readonly bundle: {
    readonly slug: string;
    readonly name: string;
    readonly system: { readonly slug: string; readonly name: string };
  };
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
  readonly rows: readonly DeploymentRow[];
  readonly now: Date;
  /** Off where the page is about one environment. */
  readonly showPlace?: boolean;
  readonly label?: string;
}) {
  return (
    <Table label={label}>
      <TableHead>
        <Th>Deployment</Th>
        <Th>Version</Th>
        {showPlace ? <Th>Environment</Th> : null}
        <Th>State</Th>
        <Th>Snapshot</Th>
        <Th>Change request</Th>
        <Th>Deployed</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.number} href={`/snapshots/${row.snapshot.number}`}>
            <Td phone="primary">
              <TextLink quiet href={`/snapshots/${row.snapshot.number}`}>
                {row.bundle.name}
              </TextLink>{" "}
              <span className="text-muted">#{row.number}</span>
              {showPlace ? <span className="block text-xs text-muted">{row.bundle.system.name}</span> : null}
            </Td>
            <Td>
              <TextLink quiet href={`/versions/${row.snapshot.version.id}`}>
                {row.snapshot.version.semver}
              </TextLink>
              {row.needsBuild ? (
                <span className="ml-1.5">
                  <Badge tone="warn" title="It changes a build-tier parameter: only a new build can verify it">
                    needs a build
                  </Badge>
                </span>
              ) : null}
            </Td>
            {showPlace ? (
              <Td>
                <TextLink quiet href={`/systems/${row.bundle.system.slug}/environments/${row.environment.slug}`}>
                  {row.environment.name}
                </TextLink>
              </Td>
            ) : null}
            <Td phone="end">
              <DeploymentStateBadge state={row.state} />
              {row.isCurrent ? <span className="ml-1.5 text-xs text-muted">current</span> : null}
            </Td>
            <Td>
              <TextLink quiet href={`/snapshots/${row.snapshot.number}`}>
                S-{row.snapshot.number}
              </TextLink>{" "}
              <Digest value={row.snapshot.effectiveDigest} length={8} />
            </Td>
            <Td className="max-w-72">
              <TextLink quiet href={`/changes/${row.changeRequest.number}`} className="block truncate">
                #{row.changeRequest.number} {row.changeRequest.title}
              </TextLink>
            </Td>
            <Td>
              <Time at={row.createdAt} now={now} show="both" precision="minute" />
              <span className="block text-xs text-muted">{row.deployedBy}</span>
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}
