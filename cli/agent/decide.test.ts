import { expect, test } from "vitest";
import { type Decision, decide, type There } from "./decide.ts";

const [old, now, edited] = ["sha256:old", "sha256:now", "sha256:edited"];
const holds = (digest: string): There => ({ kind: "document", digest });
const missing: There = { kind: "missing" };
const unreadable: There = { kind: "unreadable" };
const write: Decision = { kind: "write", replacesEdit: false };
const overwrite: Decision = { kind: "write", replacesEdit: true };

test.each<[string, There, string | null, boolean, Decision]>([
  ["a file as declared", holds(now), now, false, { kind: "leave" }],
  ["a file as declared that the agent did not write", holds(now), null, true, { kind: "leave" }],
  ["the file of before", holds(old), old, false, write],
  ["no file, at the start", missing, null, true, write],
  ["no file, at a later start", missing, now, true, write],
  ["a file that somebody took away", missing, now, false, { kind: "keep" }],
  ["a file that somebody took away, under a new configuration", missing, old, false, write],
  ["an edit", holds(edited), now, false, { kind: "keep" }],
  ["an edit from while the agent was away", holds(edited), now, true, { kind: "keep" }],
  ["an edit, under a new configuration", holds(edited), old, false, overwrite],
  ["a file of somebody else, the first time", holds(edited), null, true, overwrite],
  ["the file of before, put back by hand", holds(old), now, false, { kind: "keep" }],
  ["a broken file", unreadable, now, false, { kind: "keep" }],
  ["a broken file, under a new configuration", unreadable, old, false, overwrite],
])("%s", (_, there, written, isStart, decision) => {
  expect(decide({ there, written, declared: now, isStart })).toEqual(decision);
});
