import type { AuditLine } from "#lib/audit/model.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";
import { whereIs } from "./alerting.ts";
import { isServed } from "./effective.ts";
import { type Ended, recordEnd } from "./ending.ts";
import { activePatches, hotPatchByNumber } from "./load.ts";
import { isDeclared } from "./outcome.ts";
import { nameOf } from "./rules.ts";
import { decideFollowUp, recordEvents } from "./store.ts";
import { patchLine } from "./words.ts";

type Place = { readonly bundleId: string; readonly environmentId: string };

/** Whether a configuration that is deployed now would be served with a patch on top. */
export async function isUnderHotPatch(
  reader: Reader,
  place: Place & { readonly effective: JsonObject },
  now: Date,
): Promise<boolean> {
  const patches = await activePatches(reader, place);
  return patches.some((patch) => isServed(patch, now) && !isDeclared(patch.changes, place.effective));
}

export type Absorbed = Pick<Ended, "audit" | "outbox" | "notify">;

/**
 * Ends the patches that a deployment makes needless, in its own transaction: everything that they set is declared now.
 * Their follow-ups are decided by it. What a patch sets beside that stays in force until its end.
 */
export async function absorbPatches(
  tx: Tx,
  deployed: Place & {
    readonly effective: JsonObject;
    readonly change: { readonly id: string; readonly number: number };
    readonly by: string;
  },
  now: Date,
): Promise<Absorbed> {
  const { effective, change, by } = deployed;
  const patches = (await activePatches(tx, deployed)).filter((patch) => isDeclared(patch.changes, effective));
  const audit: AuditLine[] = [];
  const outbox: Ended["outbox"][number][] = [];
  const notify: Ended["notify"][number][] = [];
  for (const patch of patches) {
    const note = `Change request ${change.number} declares what it set`;
    if (patch.followUp.state === "open") {
      const decision = { decision: "make_permanent", by, at: now, note, changeRequestId: change.id } as const;
      await decideFollowUp(tx, patch, decision);
      await recordEvents(tx, patch, [{ kind: "decided", by, note }], now);
      audit.push(
        patchLine(patch, await whereIs(tx, patch), {
          action: "follow_up.decided",
          subject: { type: "follow_up", id: nameOf(patch) },
          summary: `The follow-up of ${nameOf(patch)} is decided: change request ${change.number} made it permanent`,
          changeRequestId: change.id,
          detail: { decision: "make_permanent", change: change.number },
        }),
      );
    }
    const seen = await hotPatchByNumber(tx, patch.number);
    const end = { kind: "absorbed", note, at: now, by, changeRequestId: change.id } as const;
    const ended = await recordEnd(tx, seen, end, now);
    audit.push(...ended.audit);
    outbox.push(...ended.outbox);
    notify.push(...ended.notify);
  }
  return { audit, outbox, notify };
}
