import type { Cases } from "#lib/api/testing/cases.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { database } from "#lib/platform/db.ts";
import { receiveReport } from "#lib/runtimes/reports.ts";
import { aCaller } from "#lib/runtimes/testing/callers.ts";

/** Running instances. */
export const runtimeCases: Cases = {
  "runtime.retire": async ({ boss, systemId }) => {
    const digest = digestOf({ temperature: 0.4 });
    await receiveReport(
      await aCaller(systemId),
      { instance: "pod-1", bundle: "assistant", digest },
      new Date("2026-01-05T09:00:00Z"),
    );
    const { id } = await database().runtime.findFirstOrThrow({ where: { systemId } });
    return { by: boss, input: { runtime: id, reason: "Because of this test" } };
  },
};
