import type { z } from "zod";
import type { Permission } from "#lib/access/permissions.ts";
import { ExportEvents, ExportLog, ShowEvent } from "#lib/audit/input.ts";

/** A file that the API sends while it makes it. Each has a route file of its own in app/api/v1. */
export type DownloadRoute = {
  readonly name: `${string}.${string}`;
  readonly path: `/${string}`;
  readonly may: Permission;
  readonly input: z.ZodType;
  readonly summary: string;
  readonly contentTypes: readonly string[];
};

export const downloads: readonly DownloadRoute[] = [
  {
    name: "audit.export",
    path: "/audit/export",
    may: "audit:export",
    input: ExportEvents,
    summary: "Download the events that a filter lets through as CSV, NDJSON or OCSF",
    contentTypes: ["text/csv", "application/x-ndjson"],
  },
  {
    name: "audit.export-log",
    path: "/audit/log/export",
    may: "audit:export",
    input: ExportLog,
    summary: "Download the log for offline verification",
    contentTypes: ["application/x-ndjson"],
  },
  {
    name: "audit.export-proof",
    path: "/audit/events/{id}/tlog-proof",
    may: "audit:read",
    input: ShowEvent.pick({ id: true }),
    summary: "Download the proof that one event is in the log",
    contentTypes: ["text/plain"],
  },
];
