import { changesDetail } from "#lib/audit/detail.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import type { Reader } from "#lib/platform/db.ts";
import { speakerOf, voicesOf } from "#lib/reviews/people.ts";
import { environmentBySlug, systemBySlug } from "#lib/systems/store.ts";
import { AddIgnoreRule } from "../input.ts";
import { assertExpiry, assertPattern } from "../rules.ts";
import { ofNewIgnoreRule } from "../scope.ts";
import { insertIgnoreRule } from "../store.ts";
import { ignoreRuleLine, ruleAsDetail } from "../words.ts";

/** Differences that are not to count, with a reason, an owner and an end. What it hides stays to be seen. */
export const addIgnoreRule = command(
  {
    name: "ignore-rule.add",
    may: "drift:ignore",
    on: ofNewIgnoreRule,
    input: AddIgnoreRule,
    summary:
      "Add an ignore rule: differences that are not to count, with a reason, an owner and an end within 180 days",
    http: { method: "POST", path: "/systems/{system}/ignore-rules" },
  },
  async ({ tx, actor, now, input }) => {
    assertPattern(input.pattern);
    assertExpiry(input.expiresAt, now);
    const system = await systemBySlug(tx, input.system);
    for (const slug of input.environments) await environmentBySlug(tx, system.id, slug);
    if (input.bundle !== undefined) await assertBundle(tx, system.id, input.bundle);
    const { personId } = await speakerOf(tx, actor);
    const [owner] = await voicesOf(tx, [input.ownerId ?? personId], now);
    if (!owner?.isActive) {
      const message = "Choose a person who is still here; somebody has to answer for it";
      throw new Refusal("invalid", message, { fields: { ownerId: [message] } });
    }
    const rule = {
      systemId: system.id,
      pattern: input.pattern,
      kinds: input.kinds,
      environments: input.environments,
      bundle: input.bundle ?? null,
      reason: input.reason,
      ownerId: owner.id,
      ownerName: owner.name,
      expiresAt: input.expiresAt,
      createdBy: actor.name,
    };
    const id = await insertIgnoreRule(tx, rule, now);
    return {
      result: { id, revision: 1 },
      audit: [
        ignoreRuleLine(
          { ...rule, id },
          {
            action: "ignore_rule.added",
            summary: `${actor.name} had differences at ${rule.pattern} ignored until ${formatUtc(rule.expiresAt)}; ${owner.name} answers for it`,
            reason: input.reason,
            detail: changesDetail({}, ruleAsDetail(rule)),
          },
        ),
      ],
    };
  },
);

async function assertBundle(reader: Reader, systemId: string, slug: string): Promise<void> {
  const bundles = await reader.bundle.findMany({ where: { systemId, archivedAt: null }, select: { slug: true } });
  if (bundles.some((bundle) => bundle.slug === slug)) return;
  const message = `There is no bundle “${slug}”; choose from ${bundles.map((bundle) => bundle.slug).join(", ")}`;
  throw new Refusal("invalid", message, { fields: { bundle: [message] } });
}
