import type { Reader } from "#lib/platform/db.ts";
import type { Place } from "#lib/runtimes/model.ts";
import type { NamedDifference } from "./differences.ts";
import { isToBeTold, type KnownFinding, type Move, planMoves } from "./findings.ts";
import { knownFindings } from "./store.ts";
import { sightingsOf } from "./telemetry.ts";

/** What an evaluation found, for the findings of its place. */
export type ToRecord = Place & {
  readonly observedAt: Date | null;
  readonly isConclusive: boolean;
  readonly differences: readonly NamedDifference[];
};

export type Recording = {
  readonly known: readonly KnownFinding[];
  readonly moves: readonly Move[];
  /** Evaluations that have seen what has this fingerprint, this one included. */
  readonly confirmations: (fingerprint: string) => number;
  /** Known ones of which people have to be told now. */
  readonly toTell: readonly KnownFinding[];
};

/** What has to change because of an evaluation; asked before the command, and again inside of it. */
export async function planRecording(
  reader: Reader,
  found: ToRecord,
  { wanted, now }: { readonly wanted: number; readonly now: Date },
): Promise<Recording> {
  const { differences, isConclusive } = found;
  const fingerprints = differences.map((one) => one.fingerprint);
  const known = await knownFindings(reader, found, fingerprints);
  const sightings = await sightingsOf(
    reader,
    known.map((finding) => finding.id),
  );
  const at = (found.observedAt ?? now).getTime();
  const byFingerprint = new Map(known.map((finding) => [finding.fingerprint, finding]));
  const confirmations = (fingerprint: string) => {
    const finding = byFingerprint.get(fingerprint);
    const sighting = finding && finding.state !== "resolved" ? sightings.get(finding.id) : undefined;
    return sighting ? sighting.confirmations + Number(sighting.lastSeenAt.getTime() < at) : 1;
  };
  const visible = new Set(differences.flatMap((one) => (one.ignoredBy === undefined ? [one.fingerprint] : [])));
  const toTell = known.filter(
    (finding) => visible.has(finding.fingerprint) && isToBeTold(finding, confirmations(finding.fingerprint), wanted),
  );
  return { known, moves: planMoves({ known, differences, isConclusive, now }), confirmations, toTell };
}
