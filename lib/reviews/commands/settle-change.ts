import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { OfChange } from "#lib/reviews/input.ts";
import { lockChange } from "#lib/reviews/load.ts";
import { answerOf } from "#lib/reviews/proposing.ts";
import { settle } from "#lib/reviews/settle.ts";

/** For what changes without anybody speaking: approvals and overrides expire, people leave or change roles. */
export const settleChange = command(
  {
    name: "change.settle",
    may: "change:apply",
    on: "everywhere",
    input: OfChange,
    summary: "Put a request back into review when its approvals no longer count",
  },
  async ({ tx, actor, now, input }) => {
    const settled = await settle(tx, await lockChange(tx, input.number, actor), { actor, now });
    const [first, ...rest] = settled.audit;
    if (!first) throw new Refusal("conflict", "Its state is what its reviews say already");
    return { result: answerOf(settled.request), audit: [first, ...rest], notify: settled.notify };
  },
);
