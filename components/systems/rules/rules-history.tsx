import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

type RulesVersionRow = {
  readonly id: string;
  readonly sequence: number;
  readonly digest: string;
  readonly reason: string;
  readonly change: number | null;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** Every version that the rules ever had, newest first, and which two are compared. */
export function RulesHistory({
  here,
  versions,
  compared,
  pages,
  now,
}: {
  readonly here: string;
  readonly versions: readonly RulesVersionRow[];
  readonly compared: { readonly left: number; readonly right: number };
  readonly pages: { readonly first?: string; readonly next?: string };
  readonly now: Date;
}) {
  const { left, right } = compared;
  return (
    <Card labelledBy="history">
      <CardHeader
        title="History of the rules"
        titleId="history"
        description="Each version is kept for good; the newest is in force"
      />
      <Table label="Versions of the rules">
        <TableHead>
          <Th>Version</Th>
          <Th>Reason</Th>
          <Th>Digest</Th>
          <Th>Since</Th>
          <Th>Compare</Th>
        </TableHead>
        <TableBody>
          {versions.map((version) => (
            <Tr key={version.id} href={`${here}?left=${Math.max(1, version.sequence - 1)}&right=${version.sequence}`}>
              <Td phone="primary">
                <TextLink
                  quiet
                  scroll={false}
                  href={`${here}?left=${Math.max(1, version.sequence - 1)}&right=${version.sequence}`}
                >
                  Version {version.sequence}
                </TextLink>{" "}
                {version.sequence === right ? <Badge tone="accent">compared</Badge> : null}
                {version.sequence === left ? <Badge tone="accent">with this</Badge> : null}
              </Td>
              <Td phone="full" className="max-w-lg">
                {version.reason}
                {version.change === null ? null : (
                  <>
                    {" "}
                    <TextLink href={`/changes/${version.change}`}>#{version.change}</TextLink>
                  </>
                )}
              </Td>
              <Td>
                <Digest value={version.digest} />
              </Td>
              <Td>
                {version.createdBy} · <Time at={version.createdAt} now={now} precision="minute" show="both" />
              </Td>
              <Td phone="end">
                <span className="flex gap-1.5">
                  {version.sequence < right && version.sequence !== left ? (
                    <LinkButton size="sm" scroll={false} href={`${here}?left=${version.sequence}&right=${right}`}>
                      With {right}
                    </LinkButton>
                  ) : null}
                  {version.sequence > right ? (
                    <LinkButton size="sm" scroll={false} href={`${here}?left=${left}&right=${version.sequence}`}>
                      With {left}
                    </LinkButton>
                  ) : null}
                </span>
              </Td>
            </Tr>
          ))}
        </TableBody>
      </Table>
      {pages.first || pages.next ? <Pager newerHref={pages.first} olderHref={pages.next} newerLabel="Newest" /> : null}
    </Card>
  );
}
