import { changesDetail } from "#lib/audit/detail.ts";
import { command } from "#lib/command.ts";
import { formatUtc } from "#lib/kernel/time.ts";
import { EndIgnoreRule, ExtendIgnoreRule } from "../input.ts";
import { assertExpiry, assertNotEnded } from "../rules.ts";
import { ofIgnoreRule } from "../scope.ts";
import { loadIgnoreRule, updateIgnoreRule } from "../store.ts";
import { ignoreRuleLine } from "../words.ts";

/** Gives a rule another end, counted from now; what it hides stays as it is. */
export const extendIgnoreRule = command(
  {
    name: "ignore-rule.extend",
    may: "drift:ignore",
    on: ofIgnoreRule,
    input: ExtendIgnoreRule,
    summary: "Give an ignore rule another end, at most 180 days from now, with a reason",
    http: { method: "POST", path: "/ignore-rules/{rule}/extend" },
  },
  async ({ tx, actor, now, input }) => {
    const rule = await loadIgnoreRule(tx, input.rule);
    assertNotEnded(rule);
    assertExpiry(input.expiresAt, now);
    await updateIgnoreRule(tx, { id: rule.id, revision: input.revision }, { expiresAt: input.expiresAt });
    return {
      result: { id: rule.id, revision: input.revision + 1 },
      audit: [
        ignoreRuleLine(rule, {
          action: "ignore_rule.extended",
          summary: `${actor.name} had differences at ${rule.pattern} ignored until ${formatUtc(input.expiresAt)} instead of ${formatUtc(rule.expiresAt)}`,
          reason: input.reason,
          detail: changesDetail(
            { expiresAt: rule.expiresAt.toISOString() },
            { expiresAt: input.expiresAt.toISOString() },
          ),
        }),
      ],
    };
  },
);

/** What the rule hides counts again from this moment. */
export const endIgnoreRule = command(
  {
    name: "ignore-rule.end",
    may: "drift:ignore",
    on: ofIgnoreRule,
    input: EndIgnoreRule,
    summary: "End an ignore rule: what it hides counts again",
    http: { method: "POST", path: "/ignore-rules/{rule}/end" },
  },
  async ({ tx, actor, now, input }) => {
    const rule = await loadIgnoreRule(tx, input.rule);
    assertNotEnded(rule);
    await updateIgnoreRule(tx, { id: rule.id, revision: input.revision }, { endedAt: now, endedBy: actor.name });
    return {
      result: { id: rule.id, revision: input.revision + 1 },
      audit: [
        ignoreRuleLine(rule, {
          action: "ignore_rule.ended",
          summary: `${actor.name} ended the ignore rule for ${rule.pattern}`,
          reason: input.reason,
          detail: changesDetail({ isEnded: false }, { isEnded: true }),
        }),
      ],
    };
  },
);
