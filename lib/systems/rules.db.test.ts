import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { createSystem } from "#lib/bundles/commands/create-system.ts";
import { TEMPLATE_OF } from "#lib/bundles/templates/templates.ts";
import type { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { checkRulesDocument } from "#lib/systems/check.ts";
import { addEnvironment } from "#lib/systems/commands/add-environment.ts";
import { describeSystem } from "#lib/systems/commands/describe-system.ts";
import { editRules } from "#lib/systems/commands/edit-rules.ts";
import { holdEnvironment, liftHold } from "#lib/systems/commands/hold-environment.ts";
import { protectSystem } from "#lib/systems/commands/protect-system.ts";
import { TEMPLATES, type TemplateName } from "#lib/systems/model.ts";
import { listRules, listSystems, showRules, showSystem } from "#lib/systems/queries.ts";

let ada: Actor;
let count = 0;

beforeAll(async () => {
  ada = await aPerson({ name: "Ada", roles: ["administrator"], groups: ["safety", "platform", "product"] });
});

/** A system of its own for a test. */
async function aSystem(template: TemplateName = "empty"): Promise<string> {
  count += 1;
  const slug = `system-${count}`;
  await createSystem(ada, { slug, name: `System ${count}`, owningTeam: "Team", riskTier: "limited", template });
  return slug;
}

const refused = (code: Refusal["code"]) => expect.objectContaining({ name: "Refusal", code });

describe("creating a system", () => {
  test.each(TEMPLATES)(
    "from the template %s brings its rules, environments, bundles and first drafts",
    async (template) => {
      const slug = await aSystem(template);
      const system = await showSystem(ada, { system: slug });
      const { rules, bundles, environments } = TEMPLATE_OF[template];
      expect(system.environments.map((one) => one.slug)).toEqual(environments.map((one) => one.slug));
      expect(system.bundles.map((one) => one.slug)).toEqual(bundles.map((one) => one.slug).toSorted());
      expect(system.rules).toMatchObject({ sequence: 1, parameters: rules.parameters.length });
      const drafts = await database().draft.count({ where: { bundle: { systemId: system.id }, state: "open" } });
      expect(drafts).toBe(bundles.length);
      expect(await database().auditEvent.count({ where: { systemId: system.id, action: "system.created" } })).toBe(1);
    },
  );

  test("under a name that is taken is refused, and nothing is left behind", async () => {
    const slug = await aSystem();
    const before = await database().environment.count();
    await expect(
      createSystem(ada, { slug, name: "Twin", owningTeam: "Team", riskTier: "high", template: "empty" }),
    ).rejects.toEqual(refused("conflict"));
    expect(await database().environment.count()).toBe(before);
  });

  test("takes an administrator", async () => {
    const author = await aPerson({ roles: ["author"] });
    await expect(
      createSystem(author, { slug: "theirs", name: "Theirs", owningTeam: "T", riskTier: "high", template: "empty" }),
    ).rejects.toEqual(refused("forbidden"));
  });
});

describe("the rules", () => {
  const rule = {
    pattern: "/sampling/temperature",
    title: "Temperature",
    kind: "sampling",
    tier: "runtime",
    environmentPolicy: "same",
    strictness: "none",
    risk: "low",
    owner: "platform",
    locked: false,
    required: false,
    schema: { type: "number" },
  } as const;
  const reason = "The catalogue begins here";

  test("are versioned, and each version says what changed", async () => {
    const system = await aSystem();
    const first = await showRules(ada, { system });
    await editRules(ada, { system, baseRulesId: first.id, reason, rules: { ...first.rules, parameters: [rule] } });
    const second = await showRules(ada, { system });
    expect(second).toMatchObject({ sequence: 2, isCurrent: true, rules: { parameters: [rule] } });
    expect(await showRules(ada, { system, sequence: 1 })).toMatchObject({
      isCurrent: false,
      rules: { parameters: [] },
    });
    expect((await listRules(ada, { system })).items.map((one) => one.sequence)).toEqual([2, 1]);
    const event = await database().auditEvent.findFirstOrThrow({
      where: { action: "rules.changed", systemId: second.systemId },
    });
    expect(event).toMatchObject({ reason });
  });

  test("are refused to whoever read an older version", async () => {
    const system = await aSystem();
    const seen = await showRules(ada, { system });
    const edit = { system, baseRulesId: seen.id, reason, rules: { ...seen.rules, parameters: [rule] } };
    const both = await Promise.allSettled([editRules(ada, edit), editRules(ada, edit)]);
    expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(editRules(ada, edit)).rejects.toEqual(refused("conflict"));
    expect((await showRules(ada, { system })).sequence).toBe(2);
  });

  test("that can't be used are refused by path, and nothing changes", async () => {
    const system = await aSystem();
    const seen = await showRules(ada, { system });
    const constraint = { id: "broken", expression: "config.a <=", message: "No", severity: "error", bundles: [] };
    const rules = {
      ...seen.rules,
      parameters: [{ ...rule, schema: { type: "nonsense" } }],
      constraints: [constraint],
    };
    const answer = await editRules(ada, { system, baseRulesId: seen.id, reason, rules }).catch((error) => error);
    expect(answer).toEqual(refused("invalid"));
    expect(Object.keys(answer.fields)).toEqual(["rules.parameters.0.schema", "rules.constraints.0.expression"]);
    expect((await showRules(ada, { system })).sequence).toBe(1);
    const problems = await checkRulesDocument(ada, { system, rules });
    expect(problems.map((one) => one.path)).toContain("constraints.0.expression");
  });

  test("of a protected system are changed by request only", async () => {
    const slug = await aSystem();
    const { revision } = await showSystem(ada, { system: slug });
    await protectSystem(ada, { system: slug, reason: "It serves customers", revision });
    const seen = await showRules(ada, { system: slug });
    await expect(editRules(ada, { system: slug, baseRulesId: seen.id, reason, rules: seen.rules })).rejects.toThrow(
      "propose its new rules in a change request",
    );
    await expect(
      addEnvironment(ada, { system: slug, slug: "canary", name: "Canary", revision: revision + 1 }),
    ).rejects.toEqual(refused("conflict"));
    await expect(
      protectSystem(ada, { system: slug, reason: "Once more, please", revision: revision + 1 }),
    ).rejects.toEqual(refused("conflict"));
  });
});

describe("a system's particulars", () => {
  test("of two people who describe it at once, one is told", async () => {
    const system = await aSystem();
    const { revision } = await showSystem(ada, { system });
    const as = (name: string) => describeSystem(ada, { system, name, owningTeam: "Team", riskTier: "high", revision });
    const both = await Promise.allSettled([as("One"), as("Other")]);
    expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await showSystem(ada, { system })).revision).toBe(revision + 1);
  });

  test("an environment joins at the end of the pipeline", async () => {
    const system = await aSystem();
    const { revision } = await showSystem(ada, { system });
    await addEnvironment(ada, { system, slug: "canary", name: "Canary", revision });
    expect((await showSystem(ada, { system })).environments.map((one) => one.slug)).toEqual([
      "development",
      "staging",
      "production",
      "canary",
    ]);
    await expect(addEnvironment(ada, { system, slug: "canary", name: "Twin", revision: revision + 1 })).rejects.toEqual(
      refused("conflict"),
    );
  });

  test("a hold is placed once and lifted once, each with its reason", async () => {
    const system = await aSystem();
    const place = { system, environment: "production", reason: "Release freeze" };
    await holdEnvironment(ada, place);
    await expect(holdEnvironment(ada, place)).rejects.toThrow("on hold already: Release freeze");
    const held = (await showSystem(ada, { system })).environments.find((one) => one.slug === "production");
    expect(held).toMatchObject({ heldReason: "Release freeze", heldBy: "Ada" });
    await liftHold(ada, { ...place, reason: "The freeze is over" });
    await expect(liftHold(ada, place)).rejects.toEqual(refused("conflict"));
  });

  test("may be held by someone whose role reaches that environment only", async () => {
    const system = await aSystem();
    const responder = await aPerson({ roles: [{ role: "responder", system, environment: "staging" }] });
    await holdEnvironment(responder, { system, environment: "staging", reason: "An incident there" });
    await expect(
      holdEnvironment(responder, { system, environment: "production", reason: "An incident there" }),
    ).rejects.toEqual(refused("forbidden"));
  });
});

describe("listing systems", () => {
  test("finds by name, pages by key, and shows each person theirs", async () => {
    const slug = await aSystem();
    await aSystem();
    const first = await listSystems(ada, { limit: 1 });
    const second = await listSystems(ada, { limit: 1, cursor: first.next ?? "" });
    expect(first.items[0]?.slug).not.toBe(second.items[0]?.slug);
    expect((await listSystems(ada, { q: slug.toUpperCase() })).items.map((one) => one.slug)).toContain(slug);
    const viewer = await aPerson({ roles: [{ role: "viewer", system: slug }] });
    expect((await listSystems(viewer, {})).items.map((one) => one.slug)).toEqual([slug]);
  });
});
