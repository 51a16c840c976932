import type { Scope } from "#lib/access/actor.ts";
import type { Reader } from "#lib/platform/db.ts";
import { query } from "#lib/query.ts";
import { movedBases } from "#lib/reviews/base.ts";
import { OfChange } from "#lib/reviews/input.ts";
import { changeByNumber, contentOf } from "#lib/reviews/load.ts";
import { rebased } from "#lib/reviews/rebasing.ts";
import { evaluateGates } from "./evaluate.ts";
import { latestEnd } from "./exception-rules.ts";
import type { Reevaluation } from "./facts.ts";
import type { GateReport } from "./model.ts";

async function ofChange({ tx, input }: { tx: Reader; input: { number: number } }): Promise<Scope> {
  return { systemId: (await changeByNumber(tx, input.number)).systemId };
}

export type GateAnswer = GateReport & {
  readonly reevaluations: readonly Reevaluation[];
  /** ISO 8601; the last moment that an exception may last to. */
  readonly exceptionsEndBy: string;
  /** True for the gates as they stood when the request was applied. */
  readonly isHistory: boolean;
};

/** The dry run: exactly what applying would answer, without applying. An applied request shows what it was applied with. */
export const checkChange = query(
  {
    name: "change.check",
    may: "system:read",
    on: ofChange,
    input: OfChange,
    summary: "List every gate of a request: what holds, what does not, why, and who can clear it",
    http: { method: "GET", path: "/changes/{number}/gates" },
  },
  async ({ db, now, input }): Promise<GateAnswer> => {
    const request = await changeByNumber(db, input.number);
    const { facts, report } = await evaluateGates(db, request, now);
    const answer = { reevaluations: facts.reevaluations, exceptionsEndBy: latestEnd(facts).toISOString() };
    if (request.state !== "applied") return { ...report, ...answer, isHistory: false };
    const { gateReport } = await db.changeRequest.findUniqueOrThrow({
      where: { id: request.id },
      select: { gateReport: true },
    });
    return { ...((gateReport ?? report) as GateReport), canApply: false, ...answer, isHistory: true };
  },
);

/** What a rebase would give, and which places are left to a person. */
export const previewRebase = query(
  {
    name: "change.previewRebase",
    may: "system:read",
    on: ofChange,
    input: OfChange,
    summary: "Show whether a request builds on something that has moved, and which places changed on both sides",
    http: { method: "GET", path: "/changes/{number}/rebase" },
  },
  async ({ db, input }) => {
    const request = await changeByNumber(db, input.number);
    const content = await contentOf(db, request);
    const moved = await movedBases(db, request.systemId, content);
    if (moved.length === 0) return { moved, conflicts: [], content };
    return { moved, ...(await rebased(db, request.systemId, { content, resolutions: [] })) };
  },
);
