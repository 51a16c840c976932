/**
 * A small organisation for tests of changes: one system with the bundle `assistant`, and people for each part.
 *
 *     const house = await aHouse({ policies: [aPolicy({ approvals: 2 })] });
 *     const change = await aChange(house, { base: "temperature: 0.4\n" });
 *     await approve(house.grace, change.number);
 *     await applyChange(house.ada, { number: change.number });
 */
import { randomBytes } from "node:crypto";
import type { Actor } from "#lib/access/actor.ts";
import type { Role } from "#lib/access/permissions.ts";
import { revokeRole } from "#lib/accounts/commands/grants.ts";
import { deactivatePerson } from "#lib/accounts/commands/people.ts";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { createBundle } from "#lib/bundles/commands/create-bundle.ts";
import { createSystem } from "#lib/bundles/commands/create-system.ts";
import { saveDraft } from "#lib/bundles/commands/save-draft.ts";
import { startDraft } from "#lib/bundles/commands/start-draft.ts";
import type { BundleSource } from "#lib/bundles/model.ts";
import { applyChange } from "#lib/gates/commands/apply-change.ts";
import type { Check } from "#lib/gates/model.ts";
import { isInTheWay } from "#lib/gates/report.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { proposePromotion } from "#lib/reviews/commands/propose-release.ts";
import { proposeVersion } from "#lib/reviews/commands/propose-version.ts";
import { reviewChange } from "#lib/reviews/commands/review-change.ts";
import type { ChangeAnswer } from "#lib/reviews/proposing.ts";
import { editRules } from "#lib/systems/commands/edit-rules.ts";
import type { Rules } from "#lib/systems/model.ts";
import { currentRules } from "#lib/systems/store.ts";
import { someRules } from "#lib/systems/testing/rules-fixture.ts";

export type House = {
  readonly system: string;
  readonly systemId: string;
  /** An author. */
  readonly ada: Actor;
  /** A reviewer. */
  readonly grace: Actor;
  /** A reviewer, member of the group `safety`. */
  readonly sam: Actor;
  /** An administrator. */
  readonly boss: Actor;
};

/** A system with the environments development, staging and production, the given rules, and an empty bundle. */
export async function aHouse(rules: Partial<Rules> = {}): Promise<House> {
  const boss = await aPerson({ name: "Boss", roles: ["administrator"] });
  const system = `system-${randomBytes(4).toString("hex")}`;
  const description = { description: "", owningTeam: "Platform", riskTier: "limited", template: "empty" };
  const { id: systemId } = await createSystem(boss, { slug: system, name: system, ...description });
  const ada = await aPerson({ name: "Ada", roles: [{ role: "author", system: systemId }] });
  const grace = await aPerson({ name: "Grace", roles: [{ role: "reviewer", system: systemId }] });
  const sam = await aPerson({ name: "Sam", roles: [{ role: "reviewer", system: systemId }], groups: ["safety"] });
  const house = { system, systemId, ada, grace, sam, boss };
  await setRules(house, rules);
  await aBundle(house, "assistant");
  return house;
}

/** Changes the rules of a system that is not protected. */
export async function setRules(house: House, rules: Partial<Rules>): Promise<void> {
  const { id } = await currentRules(database(), house.systemId);
  const reason = "Rules for this test";
  await editRules(house.boss, { system: house.system, baseRulesId: id, rules: someRules(rules), reason });
}

export async function aBundle(house: House, slug: string): Promise<void> {
  const exists = await database().bundle.count({ where: { slug, systemId: house.systemId } });
  if (exists === 0) await createBundle(house.boss, { system: house.system, slug, name: slug });
}

export type DraftWish = {
  readonly base: string;
  readonly overlays?: Readonly<Record<string, string>>;
  readonly bundle?: string;
  readonly by?: Actor;
  readonly fromVersion?: string;
};

/** A saved draft on top of the newest version. */
export async function aDraft(house: House, wish: DraftWish): Promise<string> {
  const by = wish.by ?? house.ada;
  const bundle = wish.bundle ?? "assistant";
  const { draftId } = await startDraft(by, { system: house.system, bundle, fromVersion: wish.fromVersion });
  await rewriteDraft(by, draftId, { base: wish.base, overlays: wish.overlays ?? {} });
  return draftId;
}

export async function rewriteDraft(by: Actor, draftId: string, source: BundleSource): Promise<void> {
  const { revision } = await database().draft.findUniqueOrThrow({ where: { id: draftId } });
  await saveDraft(by, { draftId, source, revision });
}

export type ChangeWish = DraftWish & { readonly asDraft?: boolean; readonly now?: Date };
export type TestChange = ChangeAnswer & { readonly draftId: string };

/** An open request for a new version. */
export async function aChange(house: House, wish: ChangeWish): Promise<TestChange> {
  const draftId = await aDraft(house, wish);
  const input = {
    system: house.system,
    drafts: [draftId],
    title: "A change",
    reason: "Because of this test",
    asDraft: wish.asDraft,
  };
  return { ...(await proposeVersion(wish.by ?? house.ada, input, { now: wish.now })), draftId };
}

/** Approves what there is now. */
export async function approve(by: Actor, number: number, now?: Date) {
  return review(by, number, { verdict: "approve", now });
}

export async function review(
  by: Actor,
  number: number,
  given: {
    readonly verdict: "approve" | "request_changes" | "comment";
    readonly summary?: string;
    readonly now?: Date;
  },
) {
  const { contentDigest } = await database().changeRequest.findUniqueOrThrow({ where: { number } });
  const summary = given.summary ?? "I have read all of it";
  return reviewChange(by, { number, verdict: given.verdict, contentDigest, summary }, { now: given.now });
}

/** A version that took effect. @returns its id */
export async function aVersion(house: House, wish: ChangeWish): Promise<string> {
  const { number } = await aChange(house, wish);
  await approve(house.grace, number, wish.now);
  const { produced } = await applyChange(house.boss, { number }, { now: wish.now });
  return produced[0]?.id ?? "";
}

export type PromotionWish = { readonly versions: readonly string[]; readonly environment: string; readonly now?: Date };

/** An open request for a promotion. */
export async function aPromotion(house: House, { versions, environment, now }: PromotionWish): Promise<ChangeAnswer> {
  const input = { system: house.system, environment, versions, title: "A promotion", reason: "Because of this test" };
  return proposePromotion(house.ada, input, { now });
}

/** A promotion that took effect. */
export async function promoted(house: House, wish: PromotionWish): Promise<ChangeAnswer> {
  const change = await aPromotion(house, wish);
  if (change.state !== "approved") await approve(house.grace, change.number, wish.now);
  await applyChange(house.boss, { number: change.number }, { now: wish.now });
  return change;
}

/** What the log says happened to a request, in order. */
export async function actionsOf(number: number): Promise<readonly string[]> {
  const { id } = await database().changeRequest.findUniqueOrThrow({ where: { number } });
  const events = await database().auditEvent.findMany({ where: { changeRequestId: id }, orderBy: { id: "asc" } });
  return events.map((event) => event.action);
}

export async function stateOf(number: number): Promise<string> {
  return (await database().changeRequest.findUniqueOrThrow({ where: { number } })).state;
}

/** Takes every role away from somebody who keeps their account. */
export async function stripRoles(house: House, person: Actor): Promise<void> {
  const grants = await database().roleGrant.findMany({ where: { personId: person.id } });
  for (const grant of grants) await revokeRole(house.boss, { grantId: grant.id });
}

export async function deactivate(house: House, person: Actor): Promise<void> {
  const { revision } = await database().person.findUniqueOrThrow({ where: { id: person.id } });
  await deactivatePerson(house.boss, { personId: person.id, revision, reason: "Has left the company" });
}

/** A machine's actor with the given role in the system; `owner` answers for it. */
export async function aMachine(house: House, owner: Actor, role: Role): Promise<Actor> {
  const { id } = await createToken(owner, { name: "Release bot", role, system: house.system, days: 30 });
  const grants = [{ role, systemId: house.systemId, environment: null }];
  return { ...owner, kind: "token", id, name: "Release bot", grants, groups: [], channel: "api" };
}

/** What applying says is in the way, by the names of the gates; empty when it was applied. */
export async function blockersOf(by: Actor, number: number, now?: Date): Promise<readonly string[]> {
  try {
    await applyChange(by, { number }, { now });
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "blocked") throw error;
    const gates = error.details.gates as readonly Check[];
    return gates.filter(isInTheWay).map((gate) => gate.id);
  }
}
