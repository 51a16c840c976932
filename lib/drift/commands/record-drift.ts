import type { z } from "zod";
import { type Raised, raiseAlert } from "#lib/alerts/raise.ts";
import { toldInWords } from "#lib/alerts/rules.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { catalogueOf } from "#lib/systems/catalogue.ts";
import type { Rules } from "#lib/systems/model.ts";
import { operationOf } from "#lib/systems/operations.ts";
import { rulesOfVersion } from "#lib/systems/store.ts";
import { alertsOf, type Told } from "../alerting.ts";
import type { NamedDifference } from "../differences.ts";
import { isToBeTold, type KnownFinding, type Move } from "../findings.ts";
import { RecordDrift } from "../input.ts";
import { type PlaceNames, placeNames } from "../place-store.ts";
import { planRecording, type Recording } from "../recording.ts";
import { assertJob, ofPlaceIds } from "../scope.ts";
import { type FindingEventKind, insertFinding, insertFindingEvents, reopenFinding, updateFinding } from "../store.ts";

type Written = {
  readonly line: AuditLine;
  readonly event: { readonly findingId: string; readonly kind: FindingEventKind; readonly note: string } | null;
  /** Of what people may have to be told. */
  readonly opened: Told | null;
};

/**
 * What an evaluation makes of the findings of a place: opens what is new, reopens what is back, resolves what is gone,
 * wakes what was put out of sight until now, and tells people of what is confirmed. Only Plumbline itself runs it, and
 * only when something changes: that a difference was seen again is counted beside the door.
 */
export const recordDrift = command(
  {
    name: "drift.record",
    may: "drift:triage",
    on: ofPlaceIds,
    input: RecordDrift,
    summary: "Open, reopen and resolve the findings of a place by what its runtimes report",
  },
  async ({ tx, actor, now, input }) => {
    assertJob(actor);
    const place = await placeNames(tx, input);
    if (!place) throw new Refusal("not_found", "There is no such place");
    const rules = await rulesOfVersion(tx, place.rulesId);
    const wanted = operationOf(rules, place.environment.slug).alertAfterConfirmations;
    const recording = await planRecording(tx, input, { wanted, now });
    const context = { tx, actor, now, input };
    const written: Written[] = [];
    for (const move of recording.moves) {
      const one = await carryOut(context, place, move);
      if (one) written.push(one);
    }
    const told = [...newlyTold(written, wanted), ...knownTold(recording)];
    const alerts = await tell(context, { place, rules, told });
    const [first, ...others] = [...written.map((one) => one.line), ...alerts.audit];
    if (!first) throw new Refusal("conflict", "Nothing changed since the last evaluation");
    const events = written.flatMap(({ event }) => (event ? [{ ...event, by: actor.name }] : []));
    await insertFindingEvents(tx, [...events, ...alerts.events], now);
    return {
      result: { moves: written.length, told: told.length },
      audit: [first, ...others],
      outbox: alerts.outbox,
      notify: alerts.notify,
    };
  },
);

type Context = CommandContext<z.output<typeof RecordDrift>>;

async function carryOut(context: Context, place: PlaceNames, move: Move): Promise<Written | null> {
  const { tx, input, now } = context;
  const { onsetAfter } = input;
  switch (move.type) {
    case "open": {
      const { difference } = move;
      const made = await insertFinding(
        tx,
        { place: { ...place, systemId: place.system.id }, difference, onsetAfter },
        now,
      );
      if (!made) return null;
      return {
        line: findingLine(place, made.number, { action: "finding.opened", verb: "opened", difference }),
        event: { findingId: made.id, kind: "opened", note: difference.summary },
        opened: { ...made, ...difference, reopenings: 0, revision: 1 },
      };
    }
    case "reopen": {
      const { difference, finding } = move;
      await reopenFinding(tx, finding, { difference, onsetAfter }, now);
      return {
        line: findingLine(place, finding.number, { action: "finding.reopened", verb: "is back", difference }),
        event: { findingId: finding.id, kind: "reopened", note: difference.summary },
        opened: {
          ...difference,
          id: finding.id,
          number: finding.number,
          reopenings: finding.reopenings + 1,
          revision: finding.revision + 1,
        },
      };
    }
    case "resolve":
      await updateFinding(tx, move.finding, { state: "resolved", resolvedAt: now, suppressedUntil: null });
      return {
        line: stateLine(place, move.finding, { action: "finding.resolved", says: `is resolved: ${move.note}` }),
        event: { findingId: move.finding.id, kind: "resolved", note: move.note },
        opened: null,
      };
    case "wake":
      await updateFinding(tx, move.finding, { state: "open", suppressedUntil: null, changeRequestId: null });
      return {
        line: stateLine(place, move.finding, { action: "finding.unsuppressed", says: `is open again: ${move.note}` }),
        event: { findingId: move.finding.id, kind: "unsuppressed", note: move.note },
        opened: null,
      };
    case "reassess": {
      const { finding, severity } = move;
      await updateFinding(tx, finding, { severity });
      const says = `is ${severity} now, it was ${finding.severity}`;
      return {
        line: {
          ...stateLine(place, finding, { action: "finding.reassessed", says }),
          detail: { changes: [{ pointer: "/severity", before: finding.severity, after: severity }] },
        },
        event: null,
        opened: null,
      };
    }
  }
}

function where({ bundle, environment }: PlaceNames): string {
  return `${bundle.name} in ${environment.name}`;
}

function findingLine(
  place: PlaceNames,
  number: number,
  {
    action,
    verb,
    difference,
  }: { readonly action: string; readonly verb: string; readonly difference: NamedDifference },
): AuditLine {
  const { pointer, declared, observed, kind, severity, instances } = difference;
  const change: Json = {
    pointer,
    ...(declared !== undefined && { before: declared }),
    ...(observed !== undefined && { after: observed }),
  };
  return {
    action,
    subject: { type: "finding", id: String(number) },
    summary: `F-${number} ${verb} in ${where(place)}: ${difference.summary}`,
    systemId: place.system.id,
    environment: place.environment.slug,
    detail: { kind, severity, instances, changes: [change] },
  };
}

function stateLine(
  place: PlaceNames,
  finding: KnownFinding,
  { action, says }: { readonly action: string; readonly says: string },
): AuditLine {
  return {
    action,
    subject: { type: "finding", id: String(finding.number) },
    summary: `F-${finding.number} in ${where(place)} ${says}`,
    systemId: place.system.id,
    environment: place.environment.slug,
    detail: { summary: finding.summary },
  };
}

/** What was just opened has been seen once. */
function newlyTold(written: readonly Written[], wanted: number): readonly Told[] {
  return written.flatMap(({ opened }) => {
    if (!opened || !isToBeTold({ kind: opened.kind, state: "open", alertedAt: null }, 1, wanted)) return [];
    return [opened];
  });
}

function knownTold({ toTell, moves }: Recording): readonly Told[] {
  const moved = new Set(moves.flatMap((move) => (move.type === "open" ? [] : [move.finding.id])));
  return toTell.filter((finding) => !moved.has(finding.id));
}

type Alerted = Required<Pick<Outcome<unknown>, "outbox" | "notify">> & {
  readonly audit: readonly AuditLine[];
  readonly events: readonly { findingId: string; kind: "alerted"; by: string; note: string }[];
};

async function tell(
  { tx, actor, now }: { readonly tx: Tx; readonly actor: Context["actor"]; readonly now: Date },
  { place, rules, told }: { readonly place: PlaceNames; readonly rules: Rules; readonly told: readonly Told[] },
): Promise<Alerted> {
  const { parameterAt } = catalogueOf(rules, place.bundle.slug);
  const owner = (pointer: string) => parameterAt(pointer).rule?.owner;
  const raised: { readonly alert: Raised; readonly findings: readonly Told[] }[] = [];
  for (const { alert, findings } of alertsOf(place, told, owner)) {
    raised.push({ alert: await raiseAlert(tx, alert, now), findings });
  }
  for (const one of told) {
    await updateFinding(tx, { ...one, state: "open" }, { alertedAt: now });
  }
  const each = raised.flatMap(({ alert, findings }) => findings.map((finding) => ({ finding, whom: alert.told })));
  return {
    outbox: raised.flatMap(({ alert }) => alert.outbox),
    notify: raised.flatMap(({ alert }) => alert.notify),
    audit: each.map(({ finding, whom }) => ({
      action: "finding.alerted",
      subject: { type: "finding", id: String(finding.number) },
      summary: `F-${finding.number} in ${where(place)} was told to ${toldInWords(whom)}`,
      systemId: place.system.id,
      environment: place.environment.slug,
      detail: whom,
    })),
    events: each.map(({ finding, whom }) => ({
      findingId: finding.id,
      kind: "alerted",
      by: actor.name,
      note: `Told to ${toldInWords(whom)}`,
    })),
  };
}
