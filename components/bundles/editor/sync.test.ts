import { expect, test } from "vitest";
import { nextSync, pauseBefore, type Sync, unsavedLayers } from "./sync.ts";

const first: Sync = {
  saved: { source: { base: "a: 1\n", overlays: {} }, revision: 3 },
  text: { base: "a: 1\n", overlays: {} },
  phase: { is: "idle" },
};
const typed = nextSync(first, { did: "type", text: { base: "a: 2\n", overlays: { production: "b: 1\n" } } });

test("what is typed is unsaved until the server has exactly that", () => {
  expect(unsavedLayers(first)).toEqual([]);
  expect(unsavedLayers(typed)).toEqual(["base", "production"]);
  const sent = nextSync(typed, { did: "send" });
  const more = nextSync(sent, { did: "type", text: { ...sent.text, base: "a: 3\n" } });
  const saved = nextSync(more, { did: "save", saved: { source: sent.text, revision: 4 } });
  expect(saved.phase).toEqual({ is: "idle" });
  expect(unsavedLayers(saved)).toEqual(["base"]);
});

test("a conflict stays until a person decides it, whatever is typed meanwhile", () => {
  const theirs = { source: { base: "a: 9\n", overlays: {} }, revision: 4, updatedBy: "Grace", updatedAt: "2026-01-01" };
  const conflict = nextSync(typed, { did: "conflict", theirs });
  const more = nextSync(conflict, { did: "type", text: { base: "a: 5\n", overlays: {} } });
  expect(more.phase.is).toBe("conflict");
  const settled = nextSync(more, { did: "settle", text: more.text, saved: theirs });
  expect(settled).toMatchObject({ saved: { revision: 4 }, text: { base: "a: 5\n" }, phase: { is: "idle" } });
});

test("a refused text is tried again once it changes", () => {
  const refused = nextSync(typed, { did: "refuse", message: "too large" });
  expect(nextSync(refused, { did: "type", text: first.text }).phase).toEqual({ is: "idle" });
});

test("pauses grow while the server does not answer", () => {
  const missed = (sync: Sync) => nextSync(nextSync(sync, { did: "send" }), { did: "miss" });
  const once = missed(typed);
  const twice = missed(once);
  expect([once.phase, twice.phase]).toEqual([
    { is: "unreachable", attempts: 1 },
    { is: "unreachable", attempts: 2 },
  ]);
  expect([1, 2, 3, 10].map(pauseBefore)).toEqual([2_000, 4_000, 8_000, 60_000]);
});
