import { aPerson } from "#lib/accounts/testing.ts";
import type { Call, Cases, World } from "#lib/api/testing/cases.ts";
import { aBundle, aVersion, promoted, setRules } from "#lib/gates/testing/house.ts";
import { fileHotPatch } from "#lib/hot-patches/commands/file-hot-patch.ts";
import { patchRules } from "#lib/hot-patches/testing/patches.ts";
import { plumbline } from "#lib/reviews/jobs.ts";

const reason = "Because of this test";
const inHours = (count: number) => new Date(Date.now() + count * 3_600_000);
let spread = 0;

/** A place of its own for each case: patches of the same parameter would conflict. */
async function aPlace(world: World) {
  const bundle = `patched-${++spread}`;
  await setRules(world, patchRules());
  await aBundle(world, bundle);
  const version = await aVersion(world, { bundle, base: "temperature: 0.2\n" });
  await promoted(world, { versions: [version], environment: "development" });
  return { system: world.system, environment: "development", bundle };
}

async function aFiling(world: World) {
  const changes = [{ pointer: "/temperature", value: 0.9 }];
  return { ...(await aPlace(world)), incident: "INC-42", level: "sev2", reason, changes };
}

async function requested(world: World) {
  return fileHotPatch(world.ada, await aFiling(world));
}

/** In force, filed by the administrator. */
async function inForce(world: World) {
  return fileHotPatch(world.boss, await aFiling(world));
}

/** What a job asks for so many hours after a patch was filed. */
async function later(world: World, hours: number): Promise<Call> {
  const { number } = await inForce(world);
  return { by: plumbline("hot-patch-clock", new Date()), input: { number }, now: inHours(hours) };
}

/** Hot-patches and their follow-ups. */
export const hotPatchCases: Cases = {
  "hotPatch.file": async (world) => ({ by: world.boss, input: await aFiling(world) }),
  "hotPatch.approve": async (world) => ({ by: world.grace, input: { number: (await requested(world)).number } }),
  "hotPatch.deny": async (world) => ({ by: world.grace, input: { number: (await requested(world)).number, reason } }),
  "hotPatch.withdraw": async (world) => ({ by: world.ada, input: { number: (await requested(world)).number, reason } }),
  "hotPatch.extend": async (world) => ({
    by: world.grace,
    input: { number: (await inForce(world)).number, minutes: 600, reason: "The cause is not found yet" },
  }),
  "hotPatch.review": async (world) => ({
    by: world.grace,
    input: { number: (await inForce(world)).number, verdict: "sound", note: "It was the right thing to do" },
  }),
  "followUp.makePermanent": async (world) => ({
    by: world.ada,
    input: { number: (await inForce(world)).number, reason },
  }),
  "followUp.revert": async (world) => ({ by: world.ada, input: { number: (await inForce(world)).number, reason } }),
  "followUp.reassign": async (world) => {
    const { number } = await inForce(world);
    const next = await aPerson({ name: "Next", roles: ["responder"] });
    return { by: world.ada, input: { number, personId: next.id, reason } };
  },
  "followUp.page": (world) => later(world, 5),
  "hotPatch.settle": (world) => later(world, 5),
  "hotPatch.warn": (world) => later(world, 3),
  "hotPatch.escalateReview": (world) => later(world, 25),
  "hotPatch.lapse": async (world) => {
    const { number } = await requested(world);
    return { by: plumbline("hot-patch-clock", new Date()), input: { number }, now: inHours(2) };
  },
};
