import { FilePen, GitPullRequestArrow } from "lucide-react";
import { StatusBadge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

export type DraftRow = {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
  readonly change: number | null;
  readonly baseVersion: { readonly semver: string } | null;
};

export function DraftTable({ drafts, now }: { readonly drafts: readonly DraftRow[]; readonly now: Date }) {
  if (drafts.length === 0) {
    return (
      <EmptyState title="Nobody is writing a draft" icon={FilePen} level={3}>
        A draft is a working copy of the newest version. It is saved as one types, and changes nothing until it is
        reviewed.
      </EmptyState>
    );
  }
  return (
    <Table label="Drafts">
      <TableHead>
        <Th>Draft</Th>
        <Th>From</Th>
        <Th>State</Th>
        <Th>Last saved</Th>
      </TableHead>
      <TableBody>
        {drafts.map((draft) => (
          <Tr key={draft.id} href={`/drafts/${draft.id}`}>
            <Td phone="primary">
              <TextLink href={`/drafts/${draft.id}`} quiet>
                {draft.title || `Draft by ${draft.updatedBy}`}
              </TextLink>
            </Td>
            <Td>
              {draft.baseVersion ? <code className="font-mono text-xs">{draft.baseVersion.semver}</code> : "nothing"}
            </Td>
            <Td phone="end">
              {draft.change === null ? (
                <StatusBadge tone="neutral" icon={FilePen}>
                  Being written
                </StatusBadge>
              ) : (
                <TextLink href={`/changes/${draft.change}`}>
                  <StatusBadge tone="accent" icon={GitPullRequestArrow}>
                    In review #{draft.change}
                  </StatusBadge>
                </TextLink>
              )}
            </Td>
            <Td>
              {draft.updatedBy} · <Time at={draft.updatedAt} now={now} precision="minute" show="both" />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}
