import { changesDetail } from "#lib/audit/detail.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { command } from "#lib/command.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";
import { assertSchedule, type FreezeWindow } from "#lib/releases/freeze.ts";
import { ChangeFreezeWindow, DefineFreezeWindow, RemoveFreezeWindow } from "#lib/releases/input.ts";
import { deleteFreezeWindow, insertFreezeWindow, updateFreezeWindow } from "#lib/releases/store.ts";

function asJson({ endsAt, ...window }: Omit<FreezeWindow, "id">): Json {
  return { ...window, endsAt: endsAt?.toISOString() ?? null };
}

function line(id: string, rest: Pick<AuditLine, "action" | "summary" | "reason" | "detail">): AuditLine {
  return { ...rest, subject: { type: "freeze_window", id } };
}

async function load(tx: Tx, id: string) {
  const row = await tx.freezeWindow.findUnique({ where: { id } });
  if (!row) throw new Refusal("not_found", "There is no such freeze window");
  const { id: _, revision: __, createdAt: ___, ...window } = row;
  return { ...window, kind: window.kind === "allow" ? ("allow" as const) : ("deny" as const) };
}

export const defineFreezeWindow = command(
  {
    name: "freeze.define",
    may: "freeze:manage",
    on: "everywhere",
    input: DefineFreezeWindow,
    summary: "Define when changes may, or may not, take effect",
    http: { method: "POST", path: "/freeze-windows" },
  },
  async ({ tx, actor, now, input }) => {
    assertSchedule(input.cron, input.timeZone);
    const id = await insertFreezeWindow(tx, input, now);
    return {
      result: { id },
      audit: [
        line(id, {
          action: "freeze.defined",
          summary: `${actor.name} defined the freeze window ${input.name}`,
          reason: input.reason,
          detail: changesDetail({}, asJson(input)),
        }),
      ],
    };
  },
);

export const changeFreezeWindow = command(
  {
    name: "freeze.change",
    may: "freeze:manage",
    on: "everywhere",
    input: ChangeFreezeWindow,
    summary: "Change a freeze window",
    http: { method: "PUT", path: "/freeze-windows/{id}" },
  },
  async ({ tx, actor, input }) => {
    const { id, revision, ...window } = input;
    assertSchedule(window.cron, window.timeZone);
    const before = await load(tx, id);
    await updateFreezeWindow(tx, { id, revision }, window);
    return {
      result: { id },
      audit: [
        line(id, {
          action: "freeze.changed",
          summary: `${actor.name} changed the freeze window ${window.name}`,
          reason: window.reason,
          detail: changesDetail(asJson(before), asJson(window)),
        }),
      ],
    };
  },
);

export const removeFreezeWindow = command(
  {
    name: "freeze.remove",
    may: "freeze:manage",
    on: "everywhere",
    input: RemoveFreezeWindow,
    summary: "Remove a freeze window",
    http: { method: "DELETE", path: "/freeze-windows/{id}" },
  },
  async ({ tx, actor, input }) => {
    const before = await load(tx, input.id);
    await deleteFreezeWindow(tx, input);
    return {
      result: { id: input.id },
      audit: [
        line(input.id, {
          action: "freeze.removed",
          summary: `${actor.name} removed the freeze window ${before.name}`,
          reason: input.reason,
          detail: changesDetail(asJson(before), {}),
        }),
      ],
    };
  },
);
