import { assertMay } from "#lib/access/may.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { Tx } from "#lib/platform/db.ts";
import { AcknowledgeFinding, AcknowledgeFindings, SuppressFinding, UnsuppressFinding } from "../input.ts";
import { type LoadedFinding, loadFinding, triageLine } from "../load-finding.ts";
import { ofFinding } from "../scope.ts";
import { insertFindingEvents, updateFinding } from "../store.ts";
import { assertMayTriage, assertSuppressionEnds, isOpenTo } from "../triage.ts";

/** Somebody takes a finding on. */
export const acknowledgeFinding = command(
  {
    name: "finding.acknowledge",
    may: "drift:triage",
    on: ofFinding,
    input: AcknowledgeFinding,
    summary: "Acknowledge a drift finding: you have seen it and take it on",
    http: { method: "POST", path: "/findings/{finding}/acknowledgement" },
  },
  async ({ tx, actor, now, input }) => {
    const finding = await loadFinding(tx, input.finding);
    assertMayTriage(finding, "acknowledge", { revision: input.revision, now });
    const line = await acknowledge(tx, finding, { by: actor.name, note: input.note ?? "", now });
    return { result: answerOf(finding, "acknowledged"), audit: [line] };
  },
);

/** Several at once: those that are open by now, or none when none is. */
export const acknowledgeFindings = command(
  {
    name: "finding.acknowledgeAll",
    may: "drift:triage",
    on: "anywhere",
    input: AcknowledgeFindings,
    summary: "Acknowledge several drift findings at once; those that are not open are left as they are",
    http: { method: "POST", path: "/finding-acknowledgements" },
  },
  async ({ tx, actor, now, input }) => {
    const findings: LoadedFinding[] = [];
    for (const number of [...new Set(input.findings)].sort((a, b) => a - b)) {
      const finding = await loadFinding(tx, number);
      assertMay(actor, "drift:triage", { systemId: finding.systemId, environment: finding.environment.slug });
      if (isOpenTo(finding, "acknowledge", now)) findings.push(finding);
    }
    const lines = [];
    for (const finding of findings) lines.push(await acknowledge(tx, finding, { by: actor.name, note: "", now }));
    const [first, ...others] = lines;
    if (!first) throw new Refusal("conflict", "None of these findings is open any more; reload to see their state");
    return { result: { acknowledged: findings.map((finding) => finding.number) }, audit: [first, ...others] };
  },
);

async function acknowledge(
  tx: Tx,
  finding: LoadedFinding,
  { by, note, now }: { readonly by: string; readonly note: string; readonly now: Date },
) {
  await updateFinding(tx, finding, { state: "acknowledged", acknowledgedBy: by, suppressedUntil: null });
  await insertFindingEvents(tx, [{ findingId: finding.id, kind: "acknowledged", by, note }], now);
  return triageLine(finding, {
    action: "finding.acknowledged",
    says: `${by} acknowledged`,
    ...(note !== "" && { reason: note }),
  });
}

/** Out of sight until a time; then it is open again, whether or not a job ran. */
export const suppressFinding = command(
  {
    name: "finding.suppress",
    may: "drift:triage",
    on: ofFinding,
    input: SuppressFinding,
    summary: "Suppress a drift finding until a date within 90 days, with a reason; then it is open again",
    http: { method: "POST", path: "/findings/{finding}/suppression" },
  },
  async ({ tx, actor, now, input }) => {
    const finding = await loadFinding(tx, input.finding);
    assertMayTriage(finding, "suppress", { revision: input.revision, now });
    assertSuppressionEnds(input.until, now);
    const { until, reason } = input;
    await updateFinding(tx, finding, { state: "suppressed", suppressedUntil: until, reason });
    const note = `Until ${formatUtc(until)}: ${reason}`;
    await insertFindingEvents(tx, [{ findingId: finding.id, kind: "suppressed", by: actor.name, note }], now);
    return {
      result: { ...answerOf(finding, "suppressed"), until: until.toISOString() },
      audit: [
        triageLine(finding, {
          action: "finding.suppressed",
          says: `${actor.name} suppressed until ${formatUtc(until)}`,
          reason,
          detail: { until: until.toISOString() },
        }),
      ],
    };
  },
);

/** Back into sight before its time. */
export const unsuppressFinding = command(
  {
    name: "finding.unsuppress",
    may: "drift:triage",
    on: ofFinding,
    input: UnsuppressFinding,
    summary: "Take a suppressed drift finding back into sight",
    http: { method: "DELETE", path: "/findings/{finding}/suppression" },
  },
  async ({ tx, actor, now, input }) => {
    const finding = await loadFinding(tx, input.finding);
    assertMayTriage(finding, "unsuppress", { revision: input.revision, now });
    await updateFinding(tx, finding, { state: "open", suppressedUntil: null, reason: null });
    await insertFindingEvents(tx, [{ findingId: finding.id, kind: "unsuppressed", by: actor.name, note: "" }], now);
    return {
      result: answerOf(finding, "open"),
      audit: [triageLine(finding, { action: "finding.unsuppressed", says: `${actor.name} took back into sight` })],
    };
  },
);

function answerOf({ number, revision }: LoadedFinding, state: string) {
  return { finding: number, state, revision: revision + 1 };
}
