"use client";

import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentState } from "#lib/releases/model.ts";

/** As little of a deployment as its row shows: this travels to the browser for every row. */
export type DeploymentRow = {
  readonly number: number;
  readonly state: DeploymentState;
  readonly isCurrent: boolean;
  readonly needsBuild: boolean;
  readonly deployedBy: string;
  readonly createdAt: Date;
  readonly bundle: string;
  readonly system: string;
  readonly version: { readonly href: string; readonly semver: string };
  readonly environment: { readonly href: string; readonly name: string };
  readonly change: { readonly number: number; readonly title: string };
  readonly snapshot: { readonly number: number; readonly digest: string };
};

/** The table in the browser: what a row looks like travels once, not with each of them. */
export function DeploymentRows({
  rows,
  now,
  showPlace,
  label,
}: {
  readonly rows: readonly DeploymentRow[];
  readonly now: Date;
  readonly showPlace: boolean;
  readonly label: string;
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
                {row.bundle}
              </TextLink>{" "}
              <span className="text-muted">#{row.number}</span>
              {showPlace ? <span className="block text-xs text-muted">{row.system}</span> : null}
            </Td>
            <Td>
              <TextLink quiet href={row.version.href}>
                {row.version.semver}
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
                <TextLink quiet href={row.environment.href}>
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
              <Digest value={row.snapshot.digest} length={8} />
            </Td>
            <Td className="max-w-72">
              <TextLink quiet href={`/changes/${row.change.number}`} className="block truncate">
                #{row.change.number} {row.change.title}
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
