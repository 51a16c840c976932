import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import type { RuntimeCaller } from "./model.ts";
import { receiveReport } from "./reports.ts";
import { aCaller } from "./testing/callers.ts";
import { aReport, marksOf, observationsOf, observe, runtimesOf } from "./testing/observing.ts";

const start = new Date("2027-01-04T09:00:00Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const running = { temperature: 0.9 };

let house: House;
let caller: RuntimeCaller;
beforeEach(async () => {
  house = await aHouse();
  caller = await aCaller(house.systemId);
});

describe("digest first", () => {
  test("a digest alone is taken, its document asked for, taken once, and not asked for again", async () => {
    expect(await receiveReport(caller, aReport(running), at(0))).toEqual({
      accepted: true,
      wantsDocument: true,
      digest: null,
      restore: null,
    });
    expect(await marksOf(caller)).toBe(1);
    const origins = { "/temperature": "file a" };
    const sent = await receiveReport(caller, aReport(running, { document: running, origins }), at(1));
    expect(sent.wantsDocument).toBe(false);
    expect(await marksOf(caller)).toBe(2);
    expect(await observationsOf(caller)).toMatchObject([
      { document: running, origins, reportedBy: "pod-1", firstSeenAt: at(1) },
    ]);
    expect((await receiveReport(caller, aReport(running, { instance: "pod-2" }), at(2))).wantsDocument).toBe(false);
    expect(await runtimesOf(caller)).toMatchObject([
      {
        instance: "pod-1",
        fleet: "default",
        health: "unknown",
        firstSeenAt: at(0),
        lastSeenAt: at(1),
        changedAt: at(0),
      },
      { instance: "pod-2", lastSeenAt: at(2) },
    ]);
  });

  test("until the document came it is asked for with every heartbeat", async () => {
    await receiveReport(caller, aReport(running), at(0));
    expect(await receiveReport(caller, aReport(running), at(30))).toMatchObject({ wantsDocument: true });
  });

  test("a new digest is asked for again, and both documents are kept", async () => {
    await observe(caller, running, { now: at(0) });
    const edited = { temperature: 0.1 };
    expect(await receiveReport(caller, aReport(edited), at(30))).toMatchObject({ wantsDocument: true });
    await receiveReport(caller, aReport(edited, { document: edited }), at(31));
    expect((await observationsOf(caller)).map((one) => one.document)).toEqual([running, edited]);
    expect(await runtimesOf(caller)).toMatchObject([{ digest: digestOf(edited), changedAt: at(30) }]);
  });

  test("whoever runs what is served is not asked for it, and the document is kept", async () => {
    const version = await aVersion(house, { base: "temperature: 0.4\n" });
    await promoted(house, { versions: [version], environment: "development" });
    const served = { temperature: 0.4 };
    const origins = { "/temperature": "plumbline" };
    expect(await receiveReport(caller, aReport(served, { origins }), at(0))).toEqual({
      accepted: true,
      wantsDocument: false,
      digest: digestOf(served),
      restore: null,
    });
    expect(await observationsOf(caller)).toMatchObject([{ digest: digestOf(served), document: served, origins }]);
    expect(await receiveReport(caller, aReport(running), at(1))).toMatchObject({
      wantsDocument: true,
      digest: digestOf(served),
    });
  });

  test("what is served changes with a hot-patch, and back when it ends", async () => {
    const version = await aVersion(house, { base: "temperature: 0.4\n" });
    await promoted(house, { versions: [version], environment: "development" });
    const servedAt = async (seconds: number) => (await receiveReport(caller, aReport(running), at(seconds))).digest;
    expect(await servedAt(0)).toBe(digestOf({ temperature: 0.4 }));
    const patch = { changes: [{ pointer: "/temperature", value: 0.7 }], incident: "INC-7", level: "sev2", minutes: 60 };
    const reason = "Because of this test";
    await fileHotPatch(
      house.boss,
      { system: house.system, environment: "development", ...patch, reason },
      { now: at(1) },
    );
    expect(await servedAt(2)).toBe(digestOf({ temperature: 0.7 }));
    expect(await servedAt(3)).toBe(digestOf({ temperature: 0.7 }));
    await receiveReport(caller, aReport({ temperature: 0.7 }, { instance: "pod-2" }), at(4));
    expect(await observationsOf(caller)).toMatchObject([{ document: { temperature: 0.7 } }]);
    expect(await servedAt(3_700)).toBe(digestOf({ temperature: 0.4 }));
  });

  test("where the values come from is kept anew when the document is sent again", async () => {
    await observe(caller, running, { now: at(0), origins: { "/temperature": "file a" } });
    const before = await marksOf(caller);
    const origins = { "/temperature": "env TEMPERATURE" };
    await receiveReport(caller, aReport(running, { origins }), at(1));
    expect(await marksOf(caller)).toBe(before);
    await receiveReport(caller, aReport(running, { document: running, origins }), at(2));
    expect(await observationsOf(caller)).toMatchObject([{ origins }]);
    expect(await marksOf(caller)).toBe(before + 1);
  });
});

describe("what is kept of an instance", () => {
  test("a heartbeat moves when it was seen, and nothing else", async () => {
    await observe(caller, running, { now: at(0) });
    const before = await marksOf(caller);
    await receiveReport(caller, aReport(running), at(30));
    expect(await runtimesOf(caller)).toMatchObject([{ lastSeenAt: at(30), changedAt: at(0) }]);
    expect(await marksOf(caller)).toBe(before);
  });

  test.each([
    ["health", { health: "failing" }],
    ["build", { build: "2190" }],
    ["models", { models: [{ pointer: "/model/name", requested: "a", served: "b", fingerprint: "fp" }] }],
    ["interval", { intervalSeconds: 60 }],
  ])("a change of its %s has the place compared", async (_, more) => {
    await observe(caller, running, { now: at(0) });
    const before = await marksOf(caller);
    await receiveReport(caller, aReport(running, more), at(30));
    expect(await runtimesOf(caller)).toMatchObject([{ changedAt: at(30), ...more }]);
    expect(await marksOf(caller)).toBe(before + 1);
    await receiveReport(caller, aReport(running, more), at(60));
    expect(await runtimesOf(caller)).toMatchObject([{ lastSeenAt: at(60), changedAt: at(30), ...more }]);
    expect(await marksOf(caller)).toBe(before + 1);
  });

  test("the same models in another order are the same", async () => {
    const models = [
      { pointer: "/a", requested: "one" },
      { pointer: "/b", requested: "two" },
    ];
    await observe(caller, running, { now: at(0), models });
    const before = await marksOf(caller);
    await receiveReport(caller, aReport(running, { models: models.toReversed() }), at(30));
    expect(await marksOf(caller)).toBe(before);
  });

  test("what can't be read is kept as such", async () => {
    await receiveReport(caller, { instance: "pod-1", digest: null, unreadable: "line 3: no mapping" }, at(0));
    expect(await runtimesOf(caller)).toMatchObject([{ digest: null, unreadable: "line 3: no mapping" }]);
  });

  test("a long note on its trouble is cut, and the report is taken", async () => {
    const healthNote = `${"x".repeat(498)}😀${"y".repeat(5_000)}`;
    await receiveReport(caller, aReport(running, { health: "failing", healthNote }), at(0));
    const [kept] = await runtimesOf(caller);
    expect(kept?.healthNote).toHaveLength(500);
    expect(kept?.healthNote).toMatch(/^x{498}.…$/);
  });

  test("a name steers neither a terminal nor the direction of reading", async () => {
    await receiveReport(caller, aReport(running, { instance: "pod\u001B[2J\r\n1\u202E", fleet: "\u0007eu" }), at(0));
    expect(await runtimesOf(caller)).toMatchObject([{ instance: "pod [2J 1", fleet: "eu" }]);
  });

  test("one that returns after a silence has the place compared", async () => {
    await observe(caller, running, { now: at(0) });
    const before = await marksOf(caller);
    await receiveReport(caller, aReport(running), at(61));
    expect(await marksOf(caller)).toBe(before + 1);
    expect(await runtimesOf(caller)).toMatchObject([{ lastSeenAt: at(61), changedAt: at(0) }]);
  });

  test("an older report changes nothing and is answered", async () => {
    await observe(caller, running, { now: at(30) });
    const before = await marksOf(caller);
    expect(await receiveReport(caller, aReport({ temperature: 0.2 }), at(10))).toMatchObject({ accepted: true });
    expect(await runtimesOf(caller)).toMatchObject([{ digest: digestOf(running), lastSeenAt: at(30) }]);
    expect(await marksOf(caller)).toBe(before);
  });

  test("one that stops is gone, and comes back when it starts again", async () => {
    await observe(caller, running, { now: at(0) });
    const before = await marksOf(caller);
    expect(await receiveReport(caller, { instance: "pod-1", stopping: true }, at(5))).toMatchObject({
      accepted: true,
      wantsDocument: false,
    });
    expect(await runtimesOf(caller)).toEqual([]);
    expect(await marksOf(caller)).toBe(before + 1);
    await receiveReport(caller, { instance: "pod-1", stopping: true }, at(6));
    expect(await marksOf(caller)).toBe(before + 1);
    await observe(caller, running, { now: at(7) });
    expect(await runtimesOf(caller)).toMatchObject([{ firstSeenAt: at(7) }]);
  });
});

describe("restores", () => {
  const target = digestOf({ temperature: 0.4 });
  async function aRestore(state: string) {
    const { id: bundleId } = await database().bundle.findFirstOrThrow({ where: { systemId: house.systemId } });
    const id = randomUUID();
    await database().$transaction(async (tx) => {
      await tx.remediation.create({
        data: {
          id,
          systemId: house.systemId,
          environmentId: caller.environmentId,
          bundleId,
          target: "declared",
          trigger: "person",
          state,
          expectedDigests: [digestOf(running)],
          targetDigest: target,
          pointers: [],
          reason: "Because of this test",
          startedBy: "Ada",
          startedAt: at(0),
        },
      });
      await appendAudit(tx, { actor: house.boss, command: "remediation.start", now: at(0) }, [
        { action: "remediation.started", subject: { type: "remediation", id }, summary: "Started for this test" },
      ]);
    });
    return id;
  }

  test("a restore that acts is told until it is carried out; one that waits is not", async () => {
    const id = await aRestore("acting");
    const restore = { id, expected: [digestOf(running)], target };
    expect(await receiveReport(caller, aReport(running), at(1))).toMatchObject({ restore });
    expect(await receiveReport(caller, aReport(running), at(2))).toMatchObject({ restore });
    expect(await receiveReport(caller, aReport({ temperature: 0.4 }), at(3))).toMatchObject({ restore: null });
    expect(await receiveReport(caller, aReport(running, { restored: id }), at(4))).toMatchObject({ restore: null });
    expect(await runtimesOf(caller)).toMatchObject([{ restored: id }]);
    await receiveReport(caller, aReport(running), at(5));
    expect(await runtimesOf(caller)).toMatchObject([{ restored: id, changedAt: at(4) }]);
  });

  test("a restore that waits is not told", async () => {
    await aRestore("waiting");
    expect(await receiveReport(caller, aReport(running), at(1))).toMatchObject({ restore: null });
  });
});
