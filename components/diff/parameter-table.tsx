import { Lock } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { MeaningBadge, RiskBadge } from "#components/diff/change-badges.tsx";
import { Pointer } from "#components/diff/pointer.tsx";
import { areLongTexts, LongTextDiff, ValueText } from "#components/diff/value-text.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import type { ParameterChange } from "#lib/bundles/model.ts";

/** The address of a parameter's row on its page, without the `#`. */
export function parameterAnchor(bundle: string, pointer: string): string {
  return `parameter-${bundle}${pointer}`;
}

/** What changes, one row for each parameter: values, what it means, how risky it is and which environments it reaches. */
export function ParameterTable({
  changes,
  showBundle = false,
  label = "Changed parameters",
  renderBelow,
  renderActions,
}: {
  readonly changes: readonly ParameterChange[];
  readonly showBundle?: boolean;
  readonly label?: string;
  /** Under a parameter's row: what was said about it. */
  readonly renderBelow?: (change: ParameterChange) => ReactNode;
  readonly renderActions?: (change: ParameterChange) => ReactNode;
}) {
  // Two effective configurations differ in no environment but their own: the column would be empty.
  const showEnvironments = changes.some((change) => change.environments.length > 0);
  const columns = 6 + (showEnvironments ? 1 : 0) + (renderActions ? 1 : 0);
  return (
    <Table label={label}>
      <TableHead>
        <Th>Parameter</Th>
        <Th>Before</Th>
        <Th>After</Th>
        <Th>Meaning</Th>
        <Th>Kind</Th>
        <Th>Risk</Th>
        {showEnvironments ? <Th>Environments</Th> : null}
        {renderActions ? (
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        ) : null}
      </TableHead>
      <TableBody>
        {changes.map((change) => {
          const below = renderBelow?.(change);
          return (
            <Fragment key={`${change.bundle}${change.pointer}`}>
              <ChangeRow
                change={change}
                showBundle={showBundle}
                showEnvironments={showEnvironments}
                actions={renderActions?.(change)}
              />
              {below ? (
                <Tr>
                  <Td colSpan={columns} phone="full">
                    {below}
                  </Td>
                </Tr>
              ) : null}
            </Fragment>
          );
        })}
      </TableBody>
    </Table>
  );
}

function ChangeRow({
  change,
  showBundle,
  showEnvironments,
  actions,
}: {
  readonly change: ParameterChange;
  readonly showBundle: boolean;
  readonly showEnvironments: boolean;
  readonly actions: ReactNode;
}) {
  return (
    <Tr id={parameterAnchor(change.bundle, change.pointer)} className="scroll-mt-20 target:bg-accent-bg">
      <Td phone="primary" className="min-w-56">
        <Pointer value={change.pointer} />
        {change.locked ? (
          <span title="Locked: needs one approval more">
            <Lock aria-label="Locked" role="img" className="ml-1.5 inline size-3.5 text-muted" />
          </span>
        ) : null}
        {change.title || showBundle ? (
          <span className="block text-xs text-muted">
            {showBundle ? `${change.bundle}${change.title ? " · " : ""}` : ""}
            {change.title}
          </span>
        ) : null}
      </Td>
      <ChangeValues change={change} />
      <Td phone="end">
        <MeaningBadge meaning={change.meaning} />
        <Relaxation change={change} />
      </Td>
      <Td>{change.kind ? change.kind.replaceAll("_", " ") : <span className="text-muted">unlisted</span>}</Td>
      <Td>{change.risk ? <RiskBadge risk={change.risk} /> : null}</Td>
      {showEnvironments ? (
        <Td>
          <span className="flex flex-wrap gap-1">
            {change.environments.map((environment) => (
              <Badge key={environment}>{environment}</Badge>
            ))}
          </span>
        </Td>
      ) : null}
      {actions === undefined ? null : <Td>{actions}</Td>}
    </Tr>
  );
}

function ChangeValues({ change }: { readonly change: ParameterChange }) {
  const { before, after, unit } = change;
  if (typeof before === "string" && typeof after === "string" && areLongTexts(before, after)) {
    return (
      <Td colSpan={2} phone="full" className="min-w-72">
        <LongTextDiff before={before} after={after} />
      </Td>
    );
  }
  return (
    <>
      <Td className="max-w-64">
        <ValueText value={before} side="before" />
        {unit && before !== undefined ? <span className="text-xs text-muted"> {unit}</span> : null}
      </Td>
      <Td className="max-w-64">
        <span aria-hidden className="text-muted sm:hidden">
          →{" "}
        </span>
        <ValueText value={after} side="after" />
        {unit && after !== undefined ? <span className="text-xs text-muted"> {unit}</span> : null}
      </Td>
    </>
  );
}

function Relaxation({ change }: { readonly change: ParameterChange }) {
  if (change.relaxation === undefined || change.relaxation === 0) return null;
  const amount = `${Math.abs(change.relaxation)}${change.unit ? ` ${change.unit}` : ""}`;
  return (
    <span className="mt-0.5 block text-xs text-muted max-sm:hidden">
      {change.relaxation > 0 ? `by ${amount}, less strict` : `by ${amount}, stricter`}
    </span>
  );
}
