import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { answering } from "#lib/api/answering.ts";
import { handleApi } from "#lib/api/handle.ts";
import { entries } from "#lib/api/registry.ts";
import { aWorld, cases, type World } from "#lib/api/testing/cases.ts";
import { nightlyCheck } from "#lib/audit/jobs.ts";
import { createSystem } from "#lib/bundles/commands/create-system.ts";
import { runSchedules } from "#lib/gates/jobs.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";
import { contentsOf, tablesOf } from "#lib/platform/testing/rows.ts";

const { adminUrl } = testDatabase();
const fault = "no audit event can be written";

/** From now on no audit event can be appended. */
async function breakAudit(): Promise<void> {
  await withSql(adminUrl, (sql) =>
    sql.query(`
      CREATE OR REPLACE FUNCTION break_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${fault}'; END $$;
      CREATE OR REPLACE TRIGGER break_audit BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION break_audit()`),
  );
}

async function mendAudit(): Promise<void> {
  await withSql(adminUrl, (sql) => sql.query("DROP TRIGGER IF EXISTS break_audit ON audit_event"));
}
afterEach(mendAudit);

/** Everything that is stored, by table. When someone was last seen is no state. */
async function everything(): Promise<Readonly<Record<string, string>>> {
  return withSql(adminUrl, async (sql) => {
    const stored: Record<string, string> = {};
    for (const table of await tablesOf(sql)) if (table !== "activity") stored[table] = await contentsOf(sql, table);
    return stored;
  });
}

let world: World;
beforeAll(async () => {
  world = await aWorld();
});

const commands = entries.filter((entry) => entry.kind === "command");

test("every command has its case", () => {
  expect(Object.keys(cases).toSorted()).toEqual(commands.map((entry) => entry.spec.name).toSorted());
});

describe("when no audit event can be written, nothing changes", () => {
  test.each(commands.map((entry) => [entry.spec.name, entry] as const))("%s", async (name, entry) => {
    // Some commands end what the others build on, so those get a world of their own.
    const prepare = cases[name];
    if (!prepare) throw new Error(`No case for ${name}`);
    const own = ["system.protect", "gate.waive", "rules.edit", "session.end-all"].includes(name)
      ? await aWorld()
      : world;
    const { by, input, now } = await prepare(own);
    const before = await everything();
    await breakAudit();
    const said = await entry.run(by, input, { now }).then(
      () => "it answered as if it had been done",
      (error: unknown) => error,
    );
    expect(said).not.toBeInstanceOf(Refusal);
    expect(String(said)).toContain(fault);
    expect(await everything()).toEqual(before);
    await mendAudit();
    // The call was a good one: without the fault it goes through.
    await entry.run(by, input, { now });
  });
});

test("the HTTP door answers 500 and keeps nothing", async () => {
  const { secret } = await createToken(world.boss, { name: "CI", role: "administrator", days: 1 });
  const before = await everything();
  await breakAudit();
  const response = await handleApi(
    new Request("http://localhost/api/v1/systems", {
      method: "POST",
      headers: { Authorization: `Bearer ${secret}`, "Content-Type": "application/json", "Idempotency-Key": "k1" },
      body: JSON.stringify({ slug: "faulty", name: "Faulty", owningTeam: "T", riskTier: "limited", template: "empty" }),
    }),
  );
  expect(response.status).toBe(500);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.text()).not.toContain(fault);
  expect(await everything()).toEqual(before);
});

test("the browser's door does not say that it was done", async () => {
  const before = await everything();
  await breakAudit();
  const input = { slug: "faulty", name: "Faulty", owningTeam: "T", riskTier: "limited", template: "empty" };
  await expect(
    answering(async () => {
      await createSystem(world.boss, input);
    }),
  ).rejects.toThrow(fault);
  expect(await everything()).toEqual(before);
});

test("a job that cannot record what it does leaves the request as it was", async () => {
  const { input } = (await cases["change.applyScheduled"]?.(world)) ?? {};
  expect(input).toBeDefined();
  const before = await everything();
  await breakAudit();
  await runSchedules(new Date(Date.now() + 2 * 3_600_000)).catch((error: unknown) =>
    expect(String(error)).toContain(fault),
  );
  expect(await everything()).toEqual(before);
  await mendAudit();
  await nightlyCheck.run({ now: new Date() });
});
