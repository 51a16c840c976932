import { Package } from "lucide-react";
import { LinkButton } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";

export type BundleListRow = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly newest: { readonly id: string; readonly semver: string; readonly createdAt: Date } | null;
  readonly versions: number;
  readonly drafts: number;
};

/** The bundles of a system. */
export function BundleTable({
  system,
  bundles,
  mayCreate,
  now,
}: {
  readonly system: string;
  readonly bundles: readonly BundleListRow[];
  readonly mayCreate: boolean;
  readonly now: Date;
}) {
  if (bundles.length === 0) {
    return (
      <EmptyState
        title="This system has no bundle yet"
        icon={Package}
        level={3}
        action={
          mayCreate ? (
            <LinkButton href={`/systems/${system}/bundles?new=1`}>Add the first bundle</LinkButton>
          ) : undefined
        }
      >
        A bundle is one configuration document: what is reviewed, deployed and rolled back as one. A compound system has
        one for each of its components.
      </EmptyState>
    );
  }
  return (
    <Table label="Bundles">
      <TableHead>
        <Th>Bundle</Th>
        <Th>Newest version</Th>
        <Th end>Versions</Th>
        <Th end>Drafts</Th>
      </TableHead>
      <TableBody>
        {bundles.map((bundle) => {
          const href = `/systems/${system}/bundles/${bundle.slug}`;
          return (
            <Tr key={bundle.slug} href={href}>
              <Td phone="primary">
                <TextLink href={href} quiet>
                  {bundle.name}
                </TextLink>
                <span className="block text-xs text-muted">{bundle.description || bundle.slug}</span>
              </Td>
              <Td>
                {bundle.newest ? (
                  <>
                    <TextLink href={`/versions/${bundle.newest.id}`} className="font-mono text-xs">
                      {bundle.newest.semver}
                    </TextLink>{" "}
                    <span className="text-xs text-muted">
                      <Time at={bundle.newest.createdAt} now={now} show="relative" />
                    </span>
                  </>
                ) : (
                  <span className="text-muted">none published</span>
                )}
              </Td>
              <Td end>
                {bundle.versions}
                <span className="sm:hidden"> versions</span>
              </Td>
              <Td end>
                {bundle.drafts}
                <span className="sm:hidden"> drafts</span>
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}
