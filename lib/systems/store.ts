import { digestOf } from "#lib/kernel/digest.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, refusingTaken, type Tx } from "#lib/platform/db.ts";
import type { EnvironmentRef, RiskTier, Rules, TemplateName } from "#lib/systems/model.ts";

export type SystemRow = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly isProtected: boolean;
  readonly currentRulesId: string | null;
  readonly revision: number;
};

export type NewSystem = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly owningTeam: string;
  readonly riskTier: RiskTier;
  readonly template: TemplateName;
};

/** @throws Refusal `conflict` when the slug is taken */
export async function insertSystem(tx: Tx, system: NewSystem, now: Date): Promise<string> {
  const id = newId(now);
  await refusingTaken("system_slug_key", `A system called ${system.slug} exists already; choose another name`, () =>
    tx.system.create({ data: { ...system, id, createdAt: now } }),
  );
  return id;
}

export async function systemById(reader: Reader, id: string): Promise<SystemRow> {
  const system = await reader.system.findUnique({ where: { id } });
  if (!system) throw new Refusal("not_found", "There is no such system");
  return system;
}

export async function systemBySlug(reader: Reader, slug: string): Promise<SystemRow> {
  const system = await reader.system.findUnique({ where: { slug } });
  if (!system) throw new Refusal("not_found", `There is no system ${slug}`);
  return system;
}

/**
 * Keeps a system to oneself until the transaction ends: whatever takes effect in it does so one after the other, and
 * each sees what the other left.
 */
export async function holdSystem(tx: Tx, systemId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM system WHERE id = ${systemId}::uuid FOR NO KEY UPDATE`;
}

/** Compare-and-set on the revision that the rules saw. */
export async function updateSystem(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  data: Partial<Omit<NewSystem, "slug" | "template">> & { isProtected?: boolean; currentRulesId?: string },
): Promise<void> {
  const { count } = await tx.system.updateMany({
    where: { id: seen.id, revision: seen.revision },
    data: { ...data, revision: seen.revision + 1 },
  });
  if (count === 0) throw new Refusal("conflict", "Someone else changed this system first; reload to see their change");
}

/** The system's environments in the order of its pipeline. */
export async function environmentsOf(reader: Reader, systemId: string): Promise<readonly EnvironmentRef[]> {
  return reader.environment.findMany({
    where: { systemId },
    orderBy: { position: "asc" },
    select: { id: true, slug: true, name: true, position: true },
  });
}

/** @throws Refusal `not_found` naming the environments that exist */
export async function environmentBySlug(reader: Reader, systemId: string, slug: string) {
  const environment = await reader.environment.findUnique({ where: { systemId_slug: { systemId, slug } } });
  if (environment) return environment;
  const known = await environmentsOf(reader, systemId);
  throw new Refusal(
    "not_found",
    `There is no environment ${slug}; there are ${known.map((one) => one.slug).join(", ")}`,
  );
}

export async function insertEnvironment(
  tx: Tx,
  environment: { readonly systemId: string; readonly slug: string; readonly name: string; readonly position: number },
  now: Date,
): Promise<string> {
  const id = newId(now);
  await refusingTaken("environment_slug_key", `This system has an environment ${environment.slug} already`, () =>
    tx.environment.create({ data: { ...environment, id } }),
  );
  return id;
}

/** Puts an environment on hold or, with null, lifts the hold. Compare-and-set. */
export async function setHold(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  hold: { readonly at: Date; readonly reason: string; readonly by: string } | null,
): Promise<void> {
  const { count } = await tx.environment.updateMany({
    where: { id: seen.id, revision: seen.revision },
    data: {
      heldAt: hold?.at ?? null,
      heldReason: hold?.reason ?? null,
      heldBy: hold?.by ?? null,
      revision: seen.revision + 1,
    },
  });
  if (count === 0)
    throw new Refusal("conflict", "Someone else changed this environment first; reload to see their change");
}

export type CurrentRules = {
  readonly id: string;
  readonly sequence: number;
  readonly digest: string;
  readonly rules: Rules;
};

const RULES_KEPT = 100;
/** Versions never change, so what was read once stays true; what is compiled from a rules value is kept with it. */
const rulesById = new Map<string, Rules>();

/** The rules in force; `before`: those that were in force just before that moment. */
export async function currentRules(reader: Reader, systemId: string, before?: Date): Promise<CurrentRules> {
  const newest = await reader.rulesVersion.findFirstOrThrow({
    where: { systemId, ...(before && { createdAt: { lt: before } }) },
    orderBy: { sequence: "desc" },
    select: { id: true, sequence: true, digest: true },
  });
  return { ...newest, rules: await rulesOfVersion(reader, newest.id) };
}

/** The document of one version of the rules. The same value for the same version, as long as it is remembered. */
export async function rulesOfVersion(reader: Reader, id: string): Promise<Rules> {
  const known = rulesById.get(id);
  if (known) return known;
  const { document } = await reader.rulesVersion.findUniqueOrThrow({ where: { id }, select: { document: true } });
  const rules = document as unknown as Rules;
  const [oldest] = rulesById.keys();
  if (rulesById.size >= RULES_KEPT && oldest !== undefined) rulesById.delete(oldest);
  rulesById.set(id, rules);
  return rules;
}

export type NewRules = {
  readonly systemId: string;
  /** Sequence of the version that these were written on; 0: there was none. */
  readonly follows: number;
  readonly rules: Rules;
  readonly reason: string;
  readonly changeRequestId: string | null;
  readonly createdBy: string;
};

/** Appends a version of the rules, which is in force from then on. Rivals meet at the sequence number. */
export async function insertRules(tx: Tx, next: NewRules, now: Date): Promise<CurrentRules> {
  const id = newId(now);
  const document = next.rules as unknown as Json;
  const digest = digestOf(document);
  const sequence = next.follows + 1;
  await refusingTaken(
    "rules_version_sequence_key",
    "Someone else changed these rules first; reload to see their change",
    () =>
      tx.rulesVersion.create({
        data: {
          id,
          systemId: next.systemId,
          sequence,
          document: document ?? {},
          digest,
          reason: next.reason,
          changeRequestId: next.changeRequestId,
          createdBy: next.createdBy,
          createdAt: now,
        },
      }),
  );
  await tx.system.update({ where: { id: next.systemId }, data: { currentRulesId: id, revision: { increment: 1 } } });
  return { id, sequence, digest, rules: next.rules };
}
