"use client";

import { RefreshCcwDot } from "lucide-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { DependencyGraph } from "#components/systems/rules/dependency-graph.tsx";
import { EntryButton } from "#components/systems/rules/entry-button.tsx";
import { useOpenEntry } from "#components/systems/rules/open-entry.ts";
import { keyIn } from "#components/systems/rules/rules-changes.ts";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { counted } from "#components/systems/words.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { withParams } from "#components/ui/filter-url.ts";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { cyclesOf } from "#lib/systems/dependencies.ts";

const DependencyDialog = dynamic(() => import("#components/systems/rules/dependency-dialog.tsx"), { ssr: false });

/** What has to be looked at again when something changes: as a table, and as a graph. */
export function DependencyView() {
  const { rules, mayWrite } = useRulesDraft();
  const { dependencies } = rules;
  const params = useSearchParams();
  const { open, isNew, show, showNew } = useOpenEntry();
  const isGraph = params.get("view") === "graph";
  const opened = open === null ? null : (dependencies.find((one) => keyIn("dependencies", one) === open) ?? null);
  const cycles = useMemo(() => {
    const places = [...new Set(dependencies.flatMap(({ from, to }) => [from, to]))];
    return cyclesOf(dependencies, places);
  }, [dependencies]);
  const inCycle = new Set(cycles.flat());
  const look = (view: string | null) =>
    history.replaceState(null, "", withParams(params.toString(), { view }) || location.pathname);
  return (
    <Card labelledBy="dependencies">
      <CardHeader
        title="Dependencies"
        titleId="dependencies"
        description="When the left changes, the right needs re-evaluation, and so does what follows from it"
        actions={
          <>
            {dependencies.length > 0 ? (
              <Button aria-pressed={isGraph} onClick={() => look(isGraph ? null : "graph")}>
                {isGraph ? "Show as a table" : "Show as a graph"}
              </Button>
            ) : null}
            {mayWrite ? <Button onClick={showNew}>Add a dependency</Button> : null}
          </>
        }
      />
      {cycles.length > 0 ? (
        <div className="border-b border-border p-3">
          <Callout title={`${counted(cycles.length, "circle")} of dependencies`}>
            Circles are allowed: changing one of their parameters asks for all of them.
            <ul className="mt-1">
              {cycles.map((cycle) => (
                <li key={cycle.join()}>
                  <code className="font-mono text-xs [overflow-wrap:anywhere]">{cycle.join(" → ")}</code>
                </li>
              ))}
            </ul>
          </Callout>
        </div>
      ) : null}
      {dependencies.length === 0 ? (
        <EmptyState title="No dependency yet" level={3}>
          Say for example that guardrail thresholds were calibrated on a model release; a change of the release then
          asks for them to be evaluated again.
        </EmptyState>
      ) : isGraph ? (
        <DependencyGraph dependencies={dependencies} inCycle={inCycle} rules={rules} />
      ) : (
        <Table label="Dependencies">
          <TableHead>
            <Th>When this changes</Th>
            <Th>This needs re-evaluation</Th>
            <Th>Because</Th>
          </TableHead>
          <TableBody>
            {dependencies.map((dependency) => {
              const key = keyIn("dependencies", dependency);
              const isCircular = inCycle.has(dependency.from) && inCycle.has(dependency.to);
              return (
                <Tr key={key} href={`?open=${encodeURIComponent(key)}`}>
                  <Td phone="primary">
                    <EntryButton entry={key} onOpen={show}>
                      <code className="font-mono text-xs [overflow-wrap:anywhere]">{dependency.from}</code>
                    </EntryButton>
                  </Td>
                  <Td phone="full">
                    <span className="sm:hidden">→ </span>
                    <code className="font-mono text-xs [overflow-wrap:anywhere]">{dependency.to}</code>
                    {isCircular ? (
                      <span className="ml-2">
                        <StatusBadge tone="info" icon={RefreshCcwDot}>
                          In a circle
                        </StatusBadge>
                      </span>
                    ) : null}
                  </Td>
                  <Td phone="full">{dependency.reason}</Td>
                </Tr>
              );
            })}
          </TableBody>
        </Table>
      )}
      {isNew || opened !== null ? (
        <DependencyDialog
          key={open ?? (isNew ? "new" : "none")}
          dependency={opened}
          isOpen
          onClose={() => show(null)}
        />
      ) : null}
    </Card>
  );
}
