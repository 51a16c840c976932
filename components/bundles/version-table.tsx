import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

export type VersionRow = {
  readonly id: string;
  readonly sequence: number;
  readonly semver: string;
  readonly digest: string;
  readonly note: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly change: number | null;
};

export function VersionTable({ versions, now }: { readonly versions: readonly VersionRow[]; readonly now: Date }) {
  if (versions.length === 0) {
    return (
      <EmptyState title="No version was published yet" level={3}>
        A version comes to be when a change request that carries a draft is applied.
      </EmptyState>
    );
  }
  return (
    <Table label="Versions">
      <TableHead>
        <Th>Version</Th>
        <Th>Note</Th>
        <Th>Digest</Th>
        <Th>Request</Th>
        <Th>Published</Th>
        <Th>
          <span className="sr-only">Compare</span>
        </Th>
      </TableHead>
      <TableBody>
        {versions.map((version, index) => {
          const previous = versions[index + 1];
          return (
            <Tr key={version.id} href={`/versions/${version.id}`}>
              <Td phone="primary">
                <TextLink href={`/versions/${version.id}`} quiet className="font-mono">
                  {version.semver}
                </TextLink>
                <span className="ml-1.5 text-xs text-muted">r{version.sequence}</span>
              </Td>
              <Td className="max-w-96 truncate">{version.note}</Td>
              <Td>
                <Digest value={version.digest} />
              </Td>
              <Td>
                {version.change === null ? null : (
                  <TextLink href={`/changes/${version.change}`}>#{version.change}</TextLink>
                )}
              </Td>
              <Td>
                {version.createdBy} · <Time at={version.createdAt} now={now} precision="minute" show="both" />
              </Td>
              <Td phone="end" end>
                {previous ? (
                  <TextLink
                    href={`/compare?left=version:${previous.id}&right=version:${version.id}`}
                    className="text-xs"
                  >
                    Compare with {previous.semver}
                  </TextLink>
                ) : null}
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}
