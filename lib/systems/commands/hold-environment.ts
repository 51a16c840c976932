import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { HoldEnvironment } from "#lib/systems/input.ts";
import { ofEnvironment } from "#lib/systems/scope.ts";
import { environmentBySlug, setHold, systemBySlug } from "#lib/systems/store.ts";

export const holdEnvironment = command(
  {
    name: "environment.hold",
    may: "environment:hold",
    on: ofEnvironment,
    input: HoldEnvironment,
    summary: "Put an environment on hold: nothing is promoted into it until the hold is lifted",
    http: { method: "PUT", path: "/systems/{system}/environments/{environment}/hold" },
  },
  async ({ tx, actor, now, input }) => {
    const system = await systemBySlug(tx, input.system);
    const environment = await environmentBySlug(tx, system.id, input.environment);
    if (environment.heldAt)
      throw new Refusal("conflict", `${environment.name} is on hold already: ${environment.heldReason}`);
    await setHold(tx, environment, { at: now, reason: input.reason, by: actor.name });
    return {
      result: { environment: environment.slug },
      audit: [
        {
          action: "environment.held",
          subject: { type: "environment", id: `${system.slug}/${environment.slug}` },
          summary: `${actor.name} put ${environment.name} of ${system.name} on hold`,
          systemId: system.id,
          environment: environment.slug,
          reason: input.reason,
        },
      ],
    };
  },
);

export const liftHold = command(
  {
    name: "environment.liftHold",
    may: "environment:hold",
    on: ofEnvironment,
    input: HoldEnvironment,
    summary: "Lift the hold on an environment",
    http: { method: "DELETE", path: "/systems/{system}/environments/{environment}/hold" },
  },
  async ({ tx, actor, input }) => {
    const system = await systemBySlug(tx, input.system);
    const environment = await environmentBySlug(tx, system.id, input.environment);
    if (!environment.heldAt) throw new Refusal("conflict", `${environment.name} is not on hold`);
    await setHold(tx, environment, null);
    return {
      result: { environment: environment.slug },
      audit: [
        {
          action: "environment.hold_lifted",
          subject: { type: "environment", id: `${system.slug}/${environment.slug}` },
          summary: `${actor.name} lifted the hold on ${environment.name} of ${system.name}`,
          systemId: system.id,
          environment: environment.slug,
          reason: input.reason,
        },
      ],
    };
  },
);
