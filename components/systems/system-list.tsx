import { Boxes } from "lucide-react";
import { HoldBadge, ProtectionBadge, RiskTierBadge } from "#components/systems/badges.tsx";
import { counted, TEMPLATE_WORD } from "#components/systems/words.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FilterBar } from "#components/ui/filter-bar.tsx";
import { SearchFilter } from "#components/ui/filters.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { RiskTier, TemplateName } from "#lib/systems/model.ts";

export type SystemListRow = {
  readonly slug: string;
  readonly name: string;
  readonly owningTeam: string;
  readonly riskTier: string;
  readonly template: string;
  readonly isProtected: boolean;
  readonly environments: readonly {
    readonly slug: string;
    readonly name: string;
    readonly heldReason?: string | null;
    readonly heldAt: Date | null;
  }[];
  readonly bundles: readonly { readonly slug: string; readonly name: string }[];
};

/** Every system that one may read, by name. */
export function SystemList({
  systems,
  search,
  firstHref,
  nextHref,
  mayCreate,
}: {
  readonly systems: readonly SystemListRow[];
  readonly search: string;
  readonly firstHref?: string;
  readonly nextHref?: string;
  readonly mayCreate: boolean;
}) {
  return (
    <Card>
      <FilterBar
        label="Find systems"
        summary={`${counted(systems.length, "system")}${nextHref || firstHref ? " on this page" : ""}`}
      >
        <SearchFilter label="Search systems" placeholder="Search by name or team" />
      </FilterBar>
      {systems.length === 0 ? (
        <NoSystems search={search} mayCreate={mayCreate} />
      ) : (
        <Table label="Systems">
          <TableHead>
            <Th>System</Th>
            <Th>Owning team</Th>
            <Th>Risk tier</Th>
            <Th>Rules</Th>
            <Th>Bundles</Th>
            <Th>Pipeline</Th>
          </TableHead>
          <TableBody>
            {systems.map((system) => (
              <SystemRow key={system.slug} system={system} />
            ))}
          </TableBody>
        </Table>
      )}
      {firstHref || nextHref ? (
        <Pager newerHref={firstHref} olderHref={nextHref} newerLabel="First page" olderLabel="Next page" />
      ) : null}
    </Card>
  );
}

function SystemRow({ system }: { readonly system: SystemListRow }) {
  const href = `/systems/${system.slug}`;
  const isOnHold = system.environments.some((environment) => environment.heldAt !== null);
  return (
    <Tr href={href}>
      <Td phone="primary">
        <TextLink href={href} quiet>
          {system.name}
        </TextLink>
        <span className="block font-mono text-xs text-muted">{system.slug}</span>
      </Td>
      <Td>{system.owningTeam}</Td>
      <Td phone="end">
        <RiskTierBadge tier={system.riskTier as RiskTier} />
      </Td>
      <Td>
        <ProtectionBadge isProtected={system.isProtected} />
      </Td>
      <Td>
        {system.bundles.length === 0 ? (
          <span className="text-muted">none yet</span>
        ) : (
          system.bundles.map((bundle) => bundle.name).join(", ")
        )}
        <span className="block text-xs text-muted">Template {TEMPLATE_WORD[system.template as TemplateName]}</span>
      </Td>
      <Td>
        <span className="mr-2">{system.environments.map((environment) => environment.name).join(" → ")}</span>
        {isOnHold ? <HoldBadge reason="An environment of this system is on hold" /> : null}
      </Td>
    </Tr>
  );
}

function NoSystems({ search, mayCreate }: { readonly search: string; readonly mayCreate: boolean }) {
  if (search !== "") {
    return (
      <EmptyState
        title="No system matches"
        reason="filtered"
        action={<LinkButton href="/systems">Clear the search</LinkButton>}
      >
        Nothing that you may read is called “{search}”.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No system is under governance yet"
      icon={Boxes}
      action={
        mayCreate ? (
          <LinkButton href="/systems/new" variant="primary">
            Create a system
          </LinkButton>
        ) : undefined
      }
    >
      A system is one AI application with its environments, its parameter catalogue and its bundles.
      {mayCreate ? " Start one from a template." : " An administrator can create one, or grant you a role for one."}
    </EmptyState>
  );
}
