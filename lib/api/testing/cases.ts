import type { Actor } from "#lib/access/actor.ts";
import { alertCases } from "#lib/api/testing/cases-alerts.ts";
import { changeCases } from "#lib/api/testing/cases-changes.ts";
import { driftCases } from "#lib/api/testing/cases-drift.ts";
import { hotPatchCases } from "#lib/api/testing/cases-hot-patches.ts";
import { aWindow, organisationCases } from "#lib/api/testing/cases-organisation.ts";
import { remedyCases } from "#lib/api/testing/cases-remedies.ts";
import { runtimeCases } from "#lib/api/testing/cases-runtimes.ts";
import { systemCases } from "#lib/api/testing/cases-systems.ts";
import { aHouse, type House } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { defineFreezeWindow } from "#lib/releases/commands/freeze-windows.ts";

/** What a case can build on. */
export type World = House & {
  /** Makes a freeze window that reaches nothing. */
  readonly freezeWindow: () => Promise<{ readonly id: string; readonly revision: number }>;
};

/** A valid call: made in a world that was prepared for it, and not yet carried out. */
export type Call = { readonly by: Actor; readonly input: unknown; readonly now?: Date };
export type Cases = Readonly<Record<string, (world: World) => Promise<Call>>>;

/** One valid call for each command there is. */
export const cases: Cases = {
  ...organisationCases,
  ...systemCases,
  ...changeCases,
  ...hotPatchCases,
  ...alertCases,
  ...runtimeCases,
  ...driftCases,
  ...remedyCases,
};

export async function aWorld(): Promise<World> {
  const house = await aHouse();
  return {
    ...house,
    freezeWindow: async () => {
      const window = aWindow();
      await defineFreezeWindow(house.boss, window);
      const { id, revision } = await database().freezeWindow.findFirstOrThrow({ where: { name: window.name } });
      return { id, revision };
    },
  };
}
