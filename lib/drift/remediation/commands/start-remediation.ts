import { type CommandContext, command, type Outcome } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Place } from "#lib/runtimes/model.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { holdSystem } from "#lib/systems/store.ts";
import { assertJob, ofPlaceIds } from "../../scope.ts";
import { beginRestore, beginRollback, type RemediationAnswer } from "../begin.ts";
import { policyFacts, type RestorePlace, restorePlace } from "../facts.ts";
import { RemedyByPolicy, StartRemediation } from "../input.ts";
import { attemptsCarriedOver, refusalOfPolicy, refusalToRestore, refusalToRollBack, whyNotAsSeen } from "../rules.ts";
import { placeBySlugs } from "../scope.ts";

type Doing = Pick<CommandContext<unknown>, "tx" | "now">;

/** The place, kept still until the transaction ends: what it is to run does not move meanwhile. */
async function held({ tx, now }: Doing, place: Place & { readonly systemId: string }): Promise<RestorePlace> {
  await holdSystem(tx, place.systemId);
  const at = await restorePlace(tx, place, now);
  if (!at) throw new Refusal("not_found", "There is no such place");
  return at;
}

function assertNone(refusal: string | null): void {
  if (refusal !== null) throw new Refusal("conflict", refusal);
}

/** Brings what runs back to what is declared, or proposes the last known-good snapshot. Acts only on what was seen. */
export const startRemediation = command(
  {
    name: "remediation.start",
    may: "drift:remediate",
    on: ofEnvironment,
    input: StartRemediation,
    summary:
      "Restore what is declared in a place where something else runs, or propose the last known-good snapshot; only while what was seen still runs",
    http: { method: "POST", path: "/systems/{system}/environments/{environment}/bundles/{bundle}/remediations" },
  },
  async (context): Promise<Outcome<RemediationAnswer>> => {
    const { tx, input } = context;
    const at = await held(context, await placeBySlugs(tx, input));
    const { facts } = at;
    const why = { trigger: "person", reason: input.reason, before: 0 } as const;
    if (input.target === "last_known_good") {
      assertNone(refusalToRollBack(facts) ?? whyNotAsSeen(facts, input));
      const rollback = await beginRollback(context, at, why);
      if (rollback !== "declared") return rollback;
    }
    assertNone(refusalToRestore(facts) ?? whyNotAsSeen(facts, input));
    return beginRestore(context, at, why);
  },
);

/** What the rules of a system have done about drift that was confirmed. Only Plumbline itself runs it. */
export const remedyByPolicy = command(
  {
    name: "remediation.startByPolicy",
    may: "drift:remediate",
    on: ofPlaceIds,
    input: RemedyByPolicy,
    summary: "Do what the rules of a system say about drift that was confirmed",
  },
  async (context): Promise<Outcome<RemediationAnswer>> => {
    const { tx, actor, input, now } = context;
    assertJob(actor);
    const { systemId } = await tx.environment.findUniqueOrThrow({
      where: { id: input.environmentId },
      select: { systemId: true },
    });
    const at = await held(context, { ...input, systemId });
    const { mode } = at.evaluation.operation.remediation;
    if (mode === "off") throw new Refusal("conflict", "The rules leave remediation to people here");
    const policy = await policyFacts(tx, at, now);
    assertNone(refusalOfPolicy(policy, now));
    const reason = `Confirmed ${policy.confirmationsWanted} times; the rules have it restored`;
    const why = { trigger: "policy", reason, before: attemptsCarriedOver(policy.last) } as const;
    if (mode === "last_known_good") {
      assertNone(refusalToRollBack(at.facts));
      const rollback = await beginRollback(context, at, why);
      if (rollback !== "declared") return rollback;
    }
    assertNone(refusalToRestore(at.facts));
    return beginRestore(context, at, why);
  },
);
