import { expect, test } from "vitest";
import { type OcsfSource, ocsfOf } from "./ocsf.ts";

function anEvent(action: string): OcsfSource {
  return {
    ...{ id: "7", leaf_index: "6", leaf_hash: Buffer.from("ab", "hex"), occurred_at: new Date("2026-11-20T12:00:00Z") },
    ...{ actor_kind: "person", actor_id: "ada", actor_name: "Ada", channel: "browser", address: "127.0.0.1" },
    ...{
      request_id: null,
      command: "noun.verb",
      action,
      subject_type: "change",
      subject_id: "12",
      summary: "Ada did it",
    },
    ...{ system_id: null, environment: null, change_request_id: null, incident: null, reason: null, detail: {} },
  };
}

const [ENTITY, API] = [3004, 6003];
const [CREATE, READ, UPDATE, DELETE] = [1, 2, 3, 4];

test.each([
  ["change.proposed", ENTITY, CREATE, 1, 1],
  ["review.approved", ENTITY, UPDATE, 1, 1],
  ["review.changes_requested", ENTITY, UPDATE, 1, 1],
  ["notification.read", ENTITY, UPDATE, 1, 1],
  ["token.revoked", ENTITY, DELETE, 1, 1],
  ["audit.exported", API, READ, 1, 1],
  ["audit.check_requested", API, READ, 1, 1],
  ["access.denied", API, READ, 2, 2],
  ["session.refused", API, READ, 2, 2],
  ["audit.check_failed", API, READ, 2, 5],
])(
  "%s is of class %i, activity %i, status %i, severity %i",
  (action, class_uid, activity_id, status_id, severity_id) => {
    const type_uid = class_uid * 100 + activity_id;
    expect(ocsfOf(anEvent(action))).toMatchObject({ class_uid, activity_id, type_uid, status_id, severity_id });
  },
);

test("only what has an entity is about one", () => {
  expect(ocsfOf(anEvent("change.applied"))).toMatchObject({ entity: { type: "change", uid: "12" } });
  expect(ocsfOf(anEvent("access.denied"))).not.toHaveProperty("entity");
});
