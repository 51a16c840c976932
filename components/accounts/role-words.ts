import type { Role } from "#lib/access/permissions.ts";

/** What each role is for, in a line; the permission table says it exactly. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly hint: string }>> = {
  viewer: { label: "Viewer", hint: "Sees systems, changes and deployments" },
  author: { label: "Author", hint: "Edits drafts, opens change requests, applies what is approved" },
  reviewer: { label: "Reviewer", hint: "Comments, approves and applies changes of others" },
  responder: { label: "Responder", hint: "An author who may also hold environments and override gates" },
  auditor: { label: "Auditor", hint: "Reads and exports the audit trail, sees who may do what" },
  runtime: { label: "Runtime", hint: "A machine that fetches one environment's configuration and reports what runs" },
  administrator: { label: "Administrator", hint: "Everything, people and tokens included" },
};

/** How far a role reaches, in words. */
export function reachInWords(grant: { readonly system: string | null; readonly environment: string | null }): string {
  if (grant.system === null) return "everywhere";
  return grant.environment === null ? grant.system : `${grant.system}, ${grant.environment}`;
}
