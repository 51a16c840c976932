import type { EventColumns } from "#lib/audit/canonical.ts";
import type { JsonObject } from "#lib/kernel/json.ts";

/** The version of the Open Cybersecurity Schema Framework that these records follow: https://schema.ocsf.io/1.6.0 */
const version = "1.6.0";

const activities = { create: 1, read: 2, update: 3, delete: 4 } as const;
type Activity = keyof typeof activities;
const names: Record<Activity, string> = { create: "Create", read: "Read", update: "Update", delete: "Delete" };

/** Last words of actions that are not updates. */
const verbs: readonly (readonly [Activity, RegExp])[] = [
  ["create", /(created|opened|added|granted|started|filed|issued|proposed|deployed|published|invited)$/],
  ["delete", /(deleted|removed|revoked|ended|discarded|withdrawn)$/],
  ["read", /(exported|checked|check_requested|check_failed|denied|refused)$/],
];

function activityOf(action: string): Activity {
  return verbs.find(([, words]) => words.test(action))?.[0] ?? "update";
}

const FAILURES = ["access.denied", "session.refused", "audit.check_failed"];

/** 1 informational, 2 low, 5 critical: a log that does not fit is what the whole log is there to show. */
function severityOf(action: string): number {
  if (action === "audit.check_failed") return 5;
  return FAILURES.includes(action) ? 2 : 1;
}

export type OcsfSource = EventColumns & {
  readonly id: string;
  readonly leaf_index: string | null;
  readonly leaf_hash: Buffer;
};

/**
 * An event as an OCSF record: Entity Management (3004) for what changed state, API Activity (6003) for what was read or
 * refused. What OCSF has no place for is under `unmapped`.
 */
export function ocsfOf(event: OcsfSource): JsonObject {
  const activity = activityOf(event.action);
  const isApi = activity === "read";
  const classUid = isApi ? 6003 : 3004;
  const isFailure = FAILURES.includes(event.action);
  const user = { uid: event.actor_id, name: event.actor_name, type: event.actor_kind };
  return {
    metadata: { version, uid: event.id, log_name: "audit", product: { name: "Plumbline", vendor_name: "Plumbline" } },
    time: event.occurred_at.getTime(),
    category_uid: isApi ? 6 : 3,
    class_uid: classUid,
    class_name: isApi ? "API Activity" : "Entity Management",
    activity_id: activities[activity],
    activity_name: names[activity],
    type_uid: classUid * 100 + activities[activity],
    severity_id: severityOf(event.action),
    status_id: isFailure ? 2 : 1,
    status: isFailure ? "Failure" : "Success",
    message: event.summary,
    actor: { user },
    api: { operation: event.command, ...(event.request_id === null ? {} : { request: { uid: event.request_id } }) },
    src_endpoint: event.address === null ? { name: event.channel } : { ip: event.address, name: event.channel },
    ...(isApi ? {} : { entity: { type: event.subject_type, uid: event.subject_id } }),
    ...(event.reason === null ? {} : { comment: event.reason }),
    unmapped: {
      action: event.action,
      subject: `${event.subject_type}:${event.subject_id}`,
      system_id: event.system_id,
      environment: event.environment,
      change_request_id: event.change_request_id,
      incident: event.incident,
      detail: event.detail,
      leaf_index: event.leaf_index === null ? null : Number(event.leaf_index),
      leaf_hash: event.leaf_hash.toString("hex"),
    },
  };
}
