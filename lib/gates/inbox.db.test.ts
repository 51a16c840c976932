import { expect, test } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aChange, aHouse, approve } from "#lib/gates/testing/house.ts";
import { listChanges } from "#lib/reviews/queries/list-changes.ts";

async function waitingFor(actor: Actor, tab = "needs_my_review"): Promise<readonly number[]> {
  const { items } = await listChanges(actor, { tab });
  return items.map((one) => one.number);
}

test("an open request waits for those who may approve it, and for nobody else", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  const author = await aPerson({ roles: [{ role: "author", system: house.systemId }] });
  const stranger = await aPerson({ roles: [{ role: "reviewer", system: (await aHouse()).systemId }] });
  const elsewhere = await aPerson({ roles: [{ role: "reviewer", system: house.systemId, environment: "staging" }] });
  expect(await waitingFor(house.grace)).toEqual([change.number]);
  expect(await waitingFor(elsewhere)).toEqual([change.number]);
  expect(await waitingFor(house.ada)).toEqual([]);
  expect(await waitingFor(author)).toEqual([]);
  expect(await waitingFor(stranger)).toEqual([]);
});

test("it no longer waits for who has approved it, and stays its author's own", async () => {
  const house = await aHouse();
  const change = await aChange(house, { base: "temperature: 0.4\n" });
  await approve(house.grace, change.number);
  expect(await waitingFor(house.grace)).toEqual([]);
  expect(await waitingFor(house.ada, "mine")).toEqual([change.number]);
});
