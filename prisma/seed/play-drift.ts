import type { Actor } from "#lib/access/actor.ts";
import { addIgnoreRule } from "#lib/drift/ignore-rules/commands/add-ignore-rule.ts";
import { compareDue } from "#lib/drift/jobs.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { isJsonObject } from "#lib/kernel/json.ts";
import { setAt } from "#lib/kernel/pointer.ts";
import { database } from "#lib/platform/db.ts";
import { declaredState } from "#lib/runtimes/declared.ts";
import type { RuntimeCaller } from "#lib/runtimes/model.ts";
import { receiveReport } from "#lib/runtimes/reports.ts";
import { environmentBySlug, systemBySlug } from "#lib/systems/store.ts";
import type { Step } from "./story/step.ts";

const DAY_MS = 86_400_000;

/** Lets differences not count for as many days as the step says. */
export async function playIgnoreRule(
  { system, environments, pattern, reason, days }: Extract<Step, { readonly do: "ignore" }>,
  actor: Actor,
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  await addIgnoreRule(actor, { system, environments, pattern, reason, expiresAt }, { now });
}

/** Lets runtimes of the past say what they ran, and compares it as it was compared then. */
export async function playReport(step: Extract<Step, { readonly do: "report" }>, now: Date): Promise<void> {
  const db = database();
  const system = await systemBySlug(db, step.system);
  const environment = await environmentBySlug(db, system.id, step.environment);
  const bundle = await db.bundle.findFirstOrThrow({ where: { systemId: system.id, slug: step.bundle } });
  const state = await declaredState(db, { bundleId: bundle.id, environmentId: environment.id }, now);
  if (!state) throw new Error(`Nothing is deployed to ${step.environment} of ${step.system} yet`);
  const caller: RuntimeCaller = {
    tokenId: system.id,
    systemId: system.id,
    environmentId: environment.id,
    environment: environment.slug,
    mayFetch: true,
    mayReport: true,
  };
  const edited = Object.entries(step.edits).reduce((value, [pointer, put]) => {
    const next = setAt(value, pointer, put);
    return isJsonObject(next) ? next : value;
  }, state.served);
  for (let number = 1; number <= step.instances; number++) {
    const document = number <= step.edited ? edited : state.served;
    await receiveReport(
      caller,
      {
        instance: `${step.bundle}-${number}`,
        fleet: "history",
        bundle: step.bundle,
        digest: digestOf(document),
        document,
        ...(number <= step.edited && { origins: step.origins }),
        health: "ok",
        intervalSeconds: 3_600,
      },
      now,
    );
  }
  await compareDue(now);
  if (!step.isLast) return;
  for (let number = 1; number <= step.instances; number++) {
    const gone = { instance: `${step.bundle}-${number}`, bundle: step.bundle, digest: state.servedDigest };
    await receiveReport(caller, { ...gone, stopping: true }, now);
  }
  await compareDue(now);
}
