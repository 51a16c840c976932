import type { Actor } from "#lib/access/actor.ts";
import { actorOfPerson } from "#lib/accounts/actors.ts";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { createGroup } from "#lib/accounts/commands/groups.ts";
import { createPerson } from "#lib/accounts/commands/people.ts";
import { createBundle } from "#lib/bundles/commands/create-bundle.ts";
import { createSystem } from "#lib/bundles/commands/create-system.ts";
import { discardDraft } from "#lib/bundles/commands/save-draft.ts";
import { listDrafts } from "#lib/bundles/queries.ts";
import { database } from "#lib/platform/db.ts";
import { editRules } from "#lib/systems/commands/edit-rules.ts";
import { protectSystem } from "#lib/systems/commands/protect-system.ts";
import { showRules, showSystem } from "#lib/systems/queries.ts";
import { GROUPS, INES, PEOPLE } from "./people.ts";
import { SYSTEMS } from "./systems/all.ts";
import type { DemoSystem } from "./systems/system.ts";

/** Lets the people in and puts their systems under governance, as they stand before the history begins. */
export async function makeOrganisation({
  now,
  password,
}: {
  readonly now: Date;
  readonly password: string;
}): Promise<void> {
  const setUp = bootstrapActor(now);
  for (const group of GROUPS) await createGroup(setUp, group, { now });
  const [first, ...others] = PEOPLE;
  if (first) await letIn(setUp, first, { now, password });
  const administrator = await actorOfPerson(database(), INES, { channel: "script", now });
  for (const system of SYSTEMS) await makeSystem(administrator, system, now);
  for (const person of others) await letIn(administrator, person, { now, password });
}

function letIn(
  actor: Actor,
  { email, name, groups, grants }: (typeof PEOPLE)[number],
  { now, password }: { readonly now: Date; readonly password: string },
): Promise<unknown> {
  return createPerson(actor, { email, name, groups, roles: grants, password }, { now });
}

async function makeSystem(actor: Actor, demo: DemoSystem, now: Date): Promise<void> {
  const { slug, name, description, owningTeam, riskTier, template } = demo;
  await createSystem(actor, { slug, name, description, owningTeam, riskTier, template }, { now });
  const base = await showRules(actor, { system: slug });
  await editRules(actor, { system: slug, baseRulesId: base.id, rules: demo.rules, reason: demo.rulesReason }, { now });
  const { bundles } = await showSystem(actor, { system: slug });
  for (const bundle of demo.bundles) {
    if (bundles.some((one) => one.slug === bundle.slug)) {
      await discardFirstDrafts(actor, { system: slug, bundle: bundle.slug }, now);
    } else {
      const { slug: bundleSlug, name: bundleName, description: about } = bundle;
      await createBundle(actor, { system: slug, slug: bundleSlug, name: bundleName, description: about }, { now });
    }
  }
  const { revision } = await showSystem(actor, { system: slug });
  const reason = "Its rules are agreed; from now on they change by review, like everything else";
  await protectSystem(actor, { system: slug, reason, revision }, { now });
}

/** The template's own first text is not what this organisation runs. */
async function discardFirstDrafts(
  actor: Actor,
  place: { readonly system: string; readonly bundle: string },
  now: Date,
): Promise<void> {
  const { items } = await listDrafts(actor, place);
  for (const { id, revision } of items) {
    await discardDraft(actor, { draftId: id, revision, reason: "The team starts from its own configuration" }, { now });
  }
}
