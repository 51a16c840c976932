import { z } from "zod";
import { requestCheck } from "#lib/audit/checks.ts";
import { ExportEvents, ExportLog, filterNames } from "#lib/audit/input.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { command } from "#lib/command.ts";

/** Asks for a check of the whole log; a worker carries it out. */
export const requestLogCheck = command(
  {
    name: "audit.request-check",
    may: "audit:read",
    on: "everywhere",
    input: z.object({}),
    summary: "Check the whole audit log in the background",
    http: { method: "POST", path: "/audit/checks" },
  },
  async ({ tx, actor, now }) => ({
    result: await requestCheck(tx, actor.name, now),
    audit: [
      {
        action: "audit.check_requested",
        subject: { type: "audit", id: "log" },
        summary: `${actor.name} asked for a check of the whole audit log`,
      },
    ],
  }),
);

const CheckFinding = z.object({
  checked: z.number().int(),
  misfit: z.object({ index: z.number().nullable(), eventId: z.string().nullable(), problem: z.string() }).nullable(),
});

/** Puts on record what a check found; only the job that checked has it to say. */
export const recordLogCheck = command(
  {
    name: "audit.record-check",
    may: "audit:read",
    on: "everywhere",
    input: CheckFinding,
    summary: "Record what a check of the whole audit log found",
  },
  async ({ input: { checked, misfit } }) => {
    const line: AuditLine = {
      action: misfit ? "audit.check_failed" : "audit.checked",
      subject: { type: "audit", id: "log" },
      summary: misfit
        ? `The audit log does not fit${misfit.index === null ? "" : ` at index ${misfit.index}`}: ${misfit.problem}`
        : `The audit log of ${checked} events was checked and fits`,
      detail: { checked, misfit },
    };
    return { result: {}, audit: [line] };
  },
);

/** Puts an export on record before its first row leaves. */
export const recordExport = command(
  {
    name: "audit.export",
    may: "audit:export",
    on: "anywhere",
    input: ExportEvents,
    summary: "Export the events that a filter lets through",
  },
  async ({ actor, input }) => {
    const filter = Object.fromEntries(
      filterNames.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
    );
    return {
      result: {},
      audit: [
        {
          action: "audit.exported",
          subject: { type: "audit", id: "events" },
          summary: `${actor.name} exported audit events as ${input.format.toUpperCase()}`,
          detail: { format: input.format, filter },
        },
      ],
    };
  },
);

/** Puts an export for offline verification on record before its first row leaves. */
export const recordLogExport = command(
  {
    name: "audit.export-log",
    may: "audit:export",
    on: "everywhere",
    input: ExportLog,
    summary: "Export the log for offline verification",
  },
  async ({ actor, input }) => ({
    result: {},
    audit: [
      {
        action: "audit.exported",
        subject: { type: "audit", id: "log" },
        summary: `${actor.name} exported the audit log for offline verification`,
        detail: { format: "log", ...input },
      },
    ],
  }),
);
