import type { AuditLine } from "#lib/audit/model.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { FindingKind, FindingState } from "./model.ts";

type Named = { readonly id: string; readonly slug: string; readonly name: string };

/** A finding with its place, as people's decisions need it. */
export type LoadedFinding = {
  readonly id: string;
  readonly number: number;
  readonly kind: FindingKind;
  readonly state: FindingState;
  readonly pointer: string;
  readonly values: { readonly declared?: Json; readonly observed?: Json };
  readonly summary: string;
  readonly suppressedUntil: Date | null;
  readonly revision: number;
  readonly systemId: string;
  readonly environment: Named;
  readonly bundle: Named;
};

/** @throws Refusal `not_found` */
export async function loadFinding(reader: Reader, number: number): Promise<LoadedFinding> {
  const row = await reader.driftFinding.findUnique({ where: { number } });
  if (!row) throw new Refusal("not_found", `There is no finding F-${number}`);
  const select = { id: true, slug: true, name: true } as const;
  const environment = await reader.environment.findUniqueOrThrow({ where: { id: row.environmentId }, select });
  const bundle = await reader.bundle.findUniqueOrThrow({ where: { id: row.bundleId }, select });
  return {
    ...row,
    kind: row.kind as FindingKind,
    state: row.state as FindingState,
    values: row.values as LoadedFinding["values"],
    environment,
    bundle,
  };
}

/** What the log says of a decision about a finding. */
export function triageLine(
  finding: LoadedFinding,
  line: Pick<AuditLine, "action" | "reason" | "changeRequestId" | "detail"> & { readonly says: string },
): AuditLine {
  const { says, ...rest } = line;
  return {
    ...rest,
    subject: { type: "finding", id: String(finding.number) },
    summary: `${says} F-${finding.number} in ${finding.bundle.name} in ${finding.environment.name}: ${finding.summary}`,
    systemId: finding.systemId,
    environment: finding.environment.slug,
  };
}
