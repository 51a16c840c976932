import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { digestOf } from "#lib/kernel/digest.ts";
import type { JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import type { DemoFleet, FleetToken, Oddity } from "./fleet.ts";

const Answer = z.object({
  wantsDocument: z.boolean(),
  digest: z.string().nullable(),
  restore: z.object({ id: z.string(), expected: z.array(z.string()), target: z.string() }).nullable(),
});

type Instance = {
  readonly name: string;
  readonly fleet: DemoFleet;
  readonly oddity: Oddity;
  configuration: JsonObject | null;
  /** Of what was delivered, before anybody edited it. */
  delivered: string | null;
  /** Whether somebody's edit is still there; a restore takes it away. */
  isEdited: boolean;
  restored: string | null;
  reports: number;
};

type Reporting = { readonly url: string; readonly intervalSeconds: number; readonly signal: AbortSignal };

/** Lets the fleets fetch and report over HTTP, each instance at its own moment of the interval, until it is stopped. */
export async function runFleets(
  fleets: readonly DemoFleet[],
  tokens: readonly FleetToken[],
  reporting: Reporting,
): Promise<void> {
  await Promise.all(
    fleets.flatMap((fleet) => {
      const token = tokens.find((one) => one.system === fleet.system && one.environment === fleet.environment);
      if (!token) return [];
      return Array.from({ length: fleet.size }, (_, index) =>
        runInstance(instanceOf(fleet, index + 1), token, reporting),
      );
    }),
  );
}

function instanceOf(fleet: DemoFleet, number: number): Instance {
  const oddity = fleet.oddities?.find((one) => one.instances.includes(number)) ?? { instances: [number] };
  return {
    name: `${fleet.bundle}-${fleet.name}-${String(number).padStart(2, "0")}`,
    fleet,
    oddity,
    configuration: null,
    delivered: null,
    isEdited: oddity.edit !== undefined,
    restored: null,
    reports: 0,
  };
}

async function runInstance(instance: Instance, token: FleetToken, { url, intervalSeconds, signal }: Reporting) {
  while (!signal.aborted) {
    try {
      await takeTurn(instance, token, { url, intervalSeconds, signal });
    } catch (error) {
      // Plumbline is away or starting: a runtime goes on with what it has and tries again.
      if (signal.aborted || !(error instanceof Error)) return;
    }
    if (instance.oddity.isSilent && instance.reports > 0) return;
    const isFirst = instance.reports === 1;
    await pause(intervalSeconds * 1_000 * (isFirst ? Math.random() : 1), undefined, { signal }).catch(() => undefined);
  }
}

async function takeTurn(instance: Instance, token: FleetToken, reporting: Reporting): Promise<void> {
  const { fleet, oddity } = instance;
  await fetchConfiguration(instance, token, reporting);
  const observed = observedBy(instance);
  const digest = oddity.unreadable ? null : digestOf(observed);
  const facts = {
    instance: instance.name,
    fleet: fleet.name,
    bundle: fleet.bundle,
    digest,
    ...(oddity.unreadable && { unreadable: oddity.unreadable }),
    models: modelsOf(instance, observed),
    build: fleet.build,
    health: oddity.health ?? "ok",
    ...(oddity.healthNote && { healthNote: oddity.healthNote }),
    intervalSeconds: reporting.intervalSeconds,
    client: "plumbline-demo/1.0.0",
    ...(instance.restored && { restored: instance.restored }),
  };
  const answer = await report(facts, token, reporting);
  instance.reports += 1;
  if (answer.wantsDocument) {
    await report(
      { ...facts, document: observed, ...(instance.isEdited && { origins: oddity.origins }) },
      token,
      reporting,
    );
  }
  const { restore } = answer;
  if (restore && digest !== null && restore.expected.includes(digest)) {
    instance.isEdited = false;
    instance.restored = restore.id;
    await takeTurn(instance, token, reporting);
  }
}

async function fetchConfiguration(instance: Instance, token: FleetToken, { url, signal }: Reporting): Promise<void> {
  const response = await fetch(`${url}/runtime/v1/configuration?bundle=${instance.fleet.bundle}`, {
    headers: {
      Authorization: `Bearer ${token.secret}`,
      ...(instance.delivered && { "If-None-Match": instance.delivered }),
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
  });
  if (response.status === 304) return;
  if (!response.ok) throw new Error(`The configuration was not delivered: ${response.status}`);
  instance.configuration = z.record(z.string(), z.json()).parse(await response.json());
  instance.delivered = response.headers.get("ETag");
}

function observedBy({ configuration, isEdited, oddity }: Instance): JsonObject {
  const delivered = configuration ?? {};
  return isEdited && oddity.edit ? oddity.edit(delivered) : delivered;
}

function modelsOf({ fleet }: Instance, observed: JsonObject) {
  const requested = getAt(observed, "/model/name");
  if (typeof requested !== "string") return [];
  return [{ pointer: "/model/name", requested, ...(fleet.served?.(requested) ?? { served: requested }) }];
}

async function report(facts: object, token: FleetToken, { url, signal }: Reporting): Promise<z.infer<typeof Answer>> {
  const response = await fetch(`${url}/runtime/v1/reports`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token.secret}`, "Content-Type": "application/json" },
    body: JSON.stringify(facts),
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
  });
  if (!response.ok) throw new Error(`The report was not accepted: ${response.status} ${await response.text()}`);
  return Answer.parse(await response.json());
}
