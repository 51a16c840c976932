import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { markForComparison } from "#lib/releases/mark.ts";
import { RetireRuntime } from "./input.ts";
import { isSilent, silentFrom } from "./report-rules.ts";
import { leaveDigests, lockRuntime, removeInstances } from "./reports-store.ts";
import { ofRuntime } from "./scope.ts";

/** Lets go of an instance that fell silent and will not come back. It comes back by itself when it reports again. */
export const retireRuntime = command(
  {
    name: "runtime.retire",
    may: "drift:triage",
    on: ofRuntime,
    input: RetireRuntime,
    summary: "Retire an instance that fell silent and will not report again",
    http: { method: "DELETE", path: "/runtimes/{runtime}" },
  },
  async ({ tx, actor, now, input }) => {
    const { environment } = await ofRuntime({ tx, input });
    const runtime = await lockRuntime(tx, input.runtime);
    if (!isSilent(runtime, now)) {
      throw new Refusal(
        "conflict",
        `${runtime.instance} is not silent: it reported at ${runtime.lastSeenAt.toISOString()} and counts as silent only after ${silentFrom(runtime).toISOString()}`,
      );
    }
    await removeInstances(tx, [runtime]);
    if (runtime.digest !== null) {
      const { environmentId, bundleId, digest, lastSeenAt } = runtime;
      await leaveDigests(tx, [{ environmentId, bundleId, digest, lastSeenAt }]);
    }
    await markForComparison(tx, runtime, now);
    return {
      result: { id: runtime.id },
      audit: [
        {
          action: "runtime.retired",
          subject: { type: "runtime", id: runtime.id },
          summary: `${actor.name} retired ${runtime.instance} of ${runtime.fleet}, silent since ${runtime.lastSeenAt.toISOString()}`,
          systemId: runtime.systemId,
          environment,
          reason: input.reason,
          detail: {
            instance: runtime.instance,
            fleet: runtime.fleet,
            digest: runtime.digest,
            lastSeenAt: runtime.lastSeenAt.toISOString(),
          },
        },
      ],
    };
  },
);
