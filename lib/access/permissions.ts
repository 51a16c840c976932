export const ROLES = ["viewer", "author", "reviewer", "responder", "auditor", "administrator", "runtime"] as const;
/** Roles that people and groups are given; the others are for machines alone. */
export const PERSON_ROLES = ["viewer", "author", "reviewer", "responder", "auditor", "administrator"] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  "system:read",
  "system:create",
  "system:manage",
  "rules:propose",
  "bundle:create",
  "bundle:edit",
  "change:create",
  "change:comment",
  "change:approve",
  "change:apply",
  "change:close",
  "change:override",
  "deployment:verify",
  "environment:hold",
  "freeze:manage",
  "configuration:read",
  "observation:report",
  "drift:triage",
  "drift:ignore",
  "drift:remediate",
  "hot-patch:file",
  "hot-patch:break-glass",
  "hot-patch:review",
  "alert:manage",
  "audit:read",
  "audit:export",
  "access:read",
  "access:manage",
  "token:manage",
  "own:manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const reading = ["system:read", "own:manage"] as const;
const authoring = [
  ...reading,
  "bundle:create",
  "bundle:edit",
  "change:create",
  "change:comment",
  "change:apply",
  "change:close",
  "rules:propose",
  "configuration:read",
  "drift:triage",
  "hot-patch:file",
] as const;

/** What each role may do, within the scope it is granted for. The one permission table: server and interface read it. */
export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: reading,
  author: authoring,
  reviewer: [
    ...reading,
    "change:comment",
    "change:approve",
    "change:apply",
    "change:close",
    "drift:triage",
    "hot-patch:review",
  ],
  responder: [
    ...authoring,
    "environment:hold",
    "deployment:verify",
    "change:override",
    "drift:ignore",
    "drift:remediate",
    "hot-patch:break-glass",
    "hot-patch:review",
  ],
  auditor: [...reading, "audit:read", "audit:export", "access:read"],
  administrator: PERMISSIONS,
  /** For machines alone: fetch one environment's configuration and report what runs there. */
  runtime: ["configuration:read", "observation:report"],
};
