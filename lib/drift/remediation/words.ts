import type { NewAlert } from "#lib/alerts/model.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import type { Reader } from "#lib/platform/db.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { type PlaceNames, placeNames } from "../place-store.ts";
import { nameOf, type Remediation } from "./model.ts";

/** An event about a remediation. */
export function remediationLine(
  { number, systemId }: Pick<Remediation, "number" | "systemId">,
  { environment }: Pick<PlaceNames, "environment">,
  told: Pick<AuditLine, "action" | "summary" | "reason" | "detail" | "changeRequestId">,
): AuditLine {
  return { ...told, subject: { type: "remediation", id: nameOf({ number }) }, systemId, environment: environment.slug };
}

/** Assistant in Production */
export function whereOf({ bundle, environment }: PlaceNames): string {
  return `${bundle.name} in ${environment.name}`;
}

/** @throws when the place of a remediation is gone, which no command lets happen */
export async function namesOf(reader: Reader, place: Place): Promise<PlaceNames> {
  const names = await placeNames(reader, place);
  if (!names) throw new Error(`The place of a remediation is gone: ${place.environmentId} ${place.bundleId}`);
  return names;
}

/** At most three of them, and how many more. */
export function pointersInWords(pointers: readonly string[]): string {
  const [shown, more] = [pointers.slice(0, 3).join(", "), pointers.length - 3];
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** What people are told when a machine has come to its end. */
export function remediationAlert(
  remediation: Pick<Remediation, "id" | "number" | "systemId" | "pointers">,
  place: PlaceNames,
  { state, note }: { readonly state: "failed" | "quarantined"; readonly note: string },
): NewAlert {
  const title = `${nameOf(remediation)} ${state}: ${whereOf(place)}`;
  return {
    key: `remediation/${remediation.id}/${state}`,
    topic: "remediation",
    severity: state === "quarantined" ? "critical" : "high",
    systemId: remediation.systemId,
    environment: place.environment.slug,
    title: title.length <= 120 ? title : `${title.slice(0, 119)}…`,
    text: `${note}. It concerns ${pointersInWords(remediation.pointers)} of ${place.system.name}`,
    href: `/drift/remediations?state=${state}`,
  };
}
