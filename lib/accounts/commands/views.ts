import type { Actor } from "#lib/access/actor.ts";
import { SavedViewInput, SaveView } from "#lib/accounts/input.ts";
import { deleteView, insertView } from "#lib/accounts/store/inbox.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

function assertPerson(actor: Actor): void {
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only people keep views");
}

/** Gives the filters of a list a name of one's own. */
export const saveView = command(
  {
    name: "view.save",
    may: "own:manage",
    on: "anywhere",
    input: SaveView,
    summary: "Give the filters of a list a name of one's own",
    http: { method: "POST", path: "/me/views" },
  },
  async ({ tx, actor, now, input }) => {
    assertPerson(actor);
    const id = await insertView(tx, { ...input, personId: actor.id }, now);
    return {
      result: { id },
      audit: [
        {
          action: "view.saved",
          subject: { type: "view", id },
          summary: `${actor.name} saved the view ${input.name} of ${input.page}`,
          detail: { ...input },
        },
      ],
    };
  },
);

/** Forgets a view of one's own. */
export const forgetView = command(
  {
    name: "view.forget",
    may: "own:manage",
    on: "anywhere",
    input: SavedViewInput,
    summary: "Forget a view of one's own",
    http: { method: "DELETE", path: "/me/views/{viewId}" },
  },
  async ({ tx, actor, input }) => {
    const view = await deleteView(tx, actor.id, input.viewId);
    return {
      result: { id: view.id },
      audit: [
        {
          action: "view.forgotten",
          subject: { type: "view", id: view.id },
          summary: `${actor.name} forgot the view ${view.name} of ${view.page}`,
        },
      ],
    };
  },
);
