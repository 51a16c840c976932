import { expect, test } from "vitest";
import { attentionFor } from "#lib/insights/attention.ts";
import { nextStep } from "#lib/insights/next-step.ts";
import { type Running, syncAt } from "#lib/insights/running.ts";

const now = new Date("2026-11-22T14:00:00Z");
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

function running(of: Partial<Running> = {}): Running {
  return {
    sync: "in_sync",
    syncSince: now,
    health: "ok",
    observedAt: now,
    observedBy: "pod-1",
    instances: 3,
    silent: 0,
    unreadable: 0,
    differing: 0,
    digests: [],
    findings: { critical: 0, high: 0, medium: 0, low: 0 },
    worst: null,
    patches: [],
    quarantined: null,
    ...of,
  };
}

const worst = (severity: "critical" | "low") => ({
  number: 12,
  severity,
  summary: "Temperature is 0.9 instead of 0.2",
});
const patch = (dueAt: Date) => ({
  number: 3,
  incident: "INC-42",
  isActive: true,
  expiresAt: dueAt,
  followUp: { ownerName: "Ada", dueAt },
});

test.each([
  ["in sync and well", running(), null],
  ["drifted", running({ sync: "drifted", worst: worst("critical") }), "Review F-12"],
  ["quarantined, whatever else", running({ quarantined: 7, worst: worst("critical") }), "Lift quarantine R-7"],
  [
    "with an overdue follow-up before any finding",
    running({ patches: [patch(now)], worst: worst("critical") }),
    "Decide HP-3: overdue",
  ],
  [
    "under a patch with time left, and drifted",
    running({ patches: [patch(inMinutes(60))], worst: worst("critical") }),
    "Review F-12",
  ],
  [
    "under a patch, and something of little weight",
    running({ patches: [patch(inMinutes(60))], worst: worst("low") }),
    "Decide HP-3",
  ],
  ["with something of little weight alone", running({ worst: worst("low") }), "Review F-12"],
  ["unknown because nobody reports", running({ sync: "unknown", instances: 0 }), "Connect a runtime"],
  [
    "unknown because it cannot be read",
    running({ sync: "unknown", instances: 1, unreadable: 1 }),
    "See what cannot be read",
  ],
  ["stale", running({ sync: "stale" }), "See who is silent"],
  ["in sync with a silent instance", running({ silent: 1 }), "See who is silent"],
  ["in sync and failing", running({ health: "failing" }), "See who is not well"],
])("the next step of a place that is %s", (_, here, label) => {
  const place = { system: "support", environment: "production", isDeclared: true, running: here };
  expect(nextStep(place, now)?.label ?? null).toBe(label);
});

test("where nothing is deployed, a version is promoted first", () => {
  const place = {
    system: "support",
    environment: "staging",
    isDeclared: false,
    running: running({ worst: worst("critical") }),
  };
  expect(nextStep(place, now)).toEqual({
    label: "Promote a version",
    href: "/changes/new?kind=promotion&system=support&environment=staging",
  });
});

test("places are ordered from the worst to what is as it should be", () => {
  const critical = { critical: 1, high: 0, medium: 0, low: 0 };
  const places = [
    running({ sync: "drifted", findings: critical }),
    running({ sync: "drifted" }),
    running({ findings: critical }),
    running({ sync: "hot_patched" }),
    running({ sync: "stale" }),
    running({ sync: "unknown" }),
    running(),
  ].map((one) => attentionFor(one, true));
  expect(places).toEqual([...places].sort((a, b) => b - a));
  expect(new Set(places).size).toBe(places.length);
  expect(attentionFor(running({ sync: "unknown" }), false)).toBe(0);
});

test.each([
  ["that still holds", "in_sync", inMinutes(1), "in_sync"],
  ["whose time is over", "in_sync", now, "stale"],
  ["of drift whose time is over", "drifted", inMinutes(-1), "stale"],
  ["that knew nothing anyway", "unknown", inMinutes(-1), "unknown"],
  ["without an end", "in_sync", null, "in_sync"],
])("a verdict %s", (_, sync, validUntil, worth) => {
  expect(syncAt({ sync, observedAt: now, validUntil }, now)).toBe(worth);
});
