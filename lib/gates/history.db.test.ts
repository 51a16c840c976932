import { expect, test } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { showBundleSchema } from "#lib/bundles/queries.ts";
import { aHouse, aVersion, type House, promoted, setRules } from "#lib/gates/testing/house.ts";
import { canonicalJson } from "#lib/kernel/canonical.ts";
import type { Json } from "#lib/kernel/json.ts";
import { verifyDeployment } from "#lib/releases/commands/verify-deployment.ts";
import { listDeployments, showEnvironment, showSnapshot } from "#lib/releases/queries.ts";
import { showChange } from "#lib/reviews/queries/show-change.ts";
import { aPolicy } from "#lib/reviews/testing/facts.ts";
import { compare } from "#lib/runtimes/compare.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";

const DEVELOPMENT = "development";

/** Two versions, one after the other, in development. */
async function twoDeployments() {
  const house = await aHouse();
  const versions: string[] = [];
  for (const temperature of [0.4, 0.7]) {
    const version = await aVersion(house, { base: `temperature: ${temperature}\n` });
    await promoted(house, { versions: [version], environment: DEVELOPMENT });
    versions.push(version);
  }
  const { items } = await listDeployments(house.ada, { system: house.system });
  return { house, versions, deployments: items };
}

const place = (house: House) => ({ system: house.system, environment: DEVELOPMENT });

async function current(house: House) {
  const { bundles } = await showEnvironment(house.ada, place(house));
  const deployment = bundles[0]?.current;
  if (!deployment) throw new Error("Nothing is deployed");
  return { ...deployment, lastKnownGood: bundles[0]?.lastKnownGood };
}

test("any two of version, snapshot and environment are compared, and say the same", async () => {
  const { house, versions, deployments } = await twoDeployments();
  const [newer, older] = deployments.map((one) => `snapshot:${one.snapshot.number}`);
  const environment = `environment:${house.system}/${DEVELOPMENT}/assistant`;
  const pairs = [
    [`version:${versions[0]}`, `version:${versions[1]}`],
    [`version:${versions[0]}@${DEVELOPMENT}`, `version:${versions[1]}@${DEVELOPMENT}`],
    [older, newer],
    [older, environment],
    [`version:${versions[0]}`, environment],
    [older, `version:${versions[1]}`],
  ];
  for (const [left, right] of pairs) {
    const { rows, isSame } = await compare(house.ada, { left, right });
    expect(isSame, `${left} ${right}`).toBe(false);
    expect(rows.map(({ pointer, before, after }) => ({ pointer, before, after }))).toEqual([
      { pointer: "/temperature", before: 0.4, after: 0.7 },
    ]);
  }
  expect(await compare(house.ada, { left: newer, right: environment })).toMatchObject({
    isSame: true,
    rows: [],
  });
});

test("a side that may not be read is refused, whichever it is", async () => {
  const { house, versions } = await twoDeployments();
  const other = await twoDeployments();
  const stranger: Actor = await aPerson({ roles: [{ role: "viewer", system: house.systemId }] });
  const mine = `version:${versions[0]}`;
  const theirs = `version:${other.versions[0]}`;
  await expect(compare(stranger, { left: mine, right: theirs })).rejects.toMatchObject({ code: "forbidden" });
  await expect(compare(stranger, { left: theirs, right: mine })).rejects.toMatchObject({ code: "forbidden" });
});

test("a deployment is verified by the digest that was seen running, and fails by any other", async () => {
  const { house } = await twoDeployments();
  const seen = await current(house);
  const wrong = { deployment: seen.number, digest: `sha256:${"0".repeat(64)}`, evidence: "Dashboard of the gateway" };
  expect(seen.state).toBe("pending");
  expect(await verifyDeployment(house.boss, { ...wrong, digest: seen.snapshot.effectiveDigest })).toMatchObject({
    state: "verified",
  });
  await expect(verifyDeployment(house.boss, wrong)).rejects.toMatchObject({ code: "conflict" });
  await expect(verifyDeployment(house.ada, wrong)).rejects.toMatchObject({ code: "forbidden" });
  const later = await aVersion(house, { base: "temperature: 0.9\n" });
  await promoted(house, { versions: [later], environment: DEVELOPMENT });
  const { number } = await current(house);
  expect(await verifyDeployment(house.boss, { ...wrong, deployment: number })).toMatchObject({ state: "failed" });
});

test("last known-good is the newest that was seen running, not the newest", async () => {
  const { house } = await twoDeployments();
  const good = await current(house);
  expect(good.lastKnownGood).toBeNull();
  const report = {
    deployment: good.number,
    digest: good.snapshot.effectiveDigest,
    evidence: "Dashboard of the gateway",
  };
  await verifyDeployment(house.boss, report);
  const later = await aVersion(house, { base: "temperature: 0.9\n" });
  await promoted(house, { versions: [later], environment: DEVELOPMENT });
  const now = await current(house);
  expect(now.snapshot.number).toBeGreaterThan(good.snapshot.number);
  expect(now.lastKnownGood).toBe(good.snapshot.number);
});

test("a snapshot reads the same, byte for byte, whatever happens afterwards", async () => {
  const { house } = await twoDeployments();
  const { snapshot } = await current(house);
  const asTaken = async () => {
    const { effective, vouchers, effectiveDigest, rulesDigest } = await showSnapshot(house.ada, {
      snapshot: snapshot.number,
    });
    return canonicalJson({ effective, vouchers, effectiveDigest, rulesDigest } as Json);
  };
  const before = await asTaken();
  const later = await aVersion(house, { base: "temperature: 0.9\n" });
  await promoted(house, { versions: [later], environment: DEVELOPMENT });
  expect(await asTaken()).toBe(before);
});

test("what took effect keeps the approvals and the rules of then, whatever happens afterwards", async () => {
  const house = await aHouse({ policies: [aPolicy()] });
  const version = await aVersion(house, { base: "temperature: 0.4\n" });
  const { number } = await promoted(house, { versions: [version], environment: DEVELOPMENT });
  await setRules(house, { policies: [aPolicy({ approvals: 2 })] });
  const inAYear = new Date(Date.now() + 365 * 24 * 3_600_000);
  const { status, reviews } = await showChange(house.ada, { number }, { now: inAYear });
  expect(status).toMatchObject({ isApproved: true, environments: [{ approvals: 1, given: 1 }] });
  expect(reviews.map((review) => review.staleBecause)).toEqual([null]);
});

test("deployments are paged without losing or repeating one", async () => {
  const { house, deployments } = await twoDeployments();
  const first = await listDeployments(house.ada, { system: house.system, limit: 1 });
  const second = await listDeployments(house.ada, { system: house.system, limit: 1, cursor: first.next ?? "" });
  expect([...first.items, ...second.items].map((one) => one.number)).toEqual(deployments.map((one) => one.number));
  expect(second.next).toBeNull();
});

test("a bundle's JSON Schema is the one of its catalogue", async () => {
  const house = await aHouse({
    parameters: [aRule({ pattern: "/temperature", schema: { type: "number", maximum: 2 } })],
  });
  const schema = await showBundleSchema(house.ada, { system: house.system, bundle: "assistant" });
  expect(schema).toMatchObject({ properties: { temperature: { type: "number", maximum: 2 } } });
});
