// The demo organisation is made once, before anyone can sign in; the database remembers that it was.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type RunContext, run } from "./build.ts";

export type SeedEnvironment = {
  readonly NEXTAUTH_SECRET: string;
  readonly PLUMBLINE_LOG_KEY: string;
  readonly PLUMBLINE_DATABASE_URL: string;
  readonly PLUMBLINE_DEMO_PASSWORD: string;
  /** Where the credentials of its fleets are kept; absent: nowhere, and they run nowhere. */
  readonly PLUMBLINE_DEMO_FLEETS?: string;
};

/** absent: never begun · begun: left unfinished by a crash · made: complete */
export type DemoState = "absent" | "begun" | "made";

const key = "demo_organisation";
const usualPassword = "plumbline-demo";

/**
 * The password of the demo organisation's people: PLUMBLINE_DEMO_PASSWORD, else one that everybody knows, which is
 * fit for this machine alone; where the console listens to others (HOST), a random one. Kept in the installation's folder.
 */
export function demoPassword(home: string): string {
  const path = join(home, "demo-password");
  if (existsSync(path)) return readFileSync(path, "utf8");
  const { HOST, PLUMBLINE_DEMO_PASSWORD } = process.env;
  const isLocal = HOST === undefined || HOST === "localhost" || HOST === "::1" || HOST.startsWith("127.");
  const password = PLUMBLINE_DEMO_PASSWORD || (isLocal ? usualPassword : randomBytes(12).toString("base64url"));
  writeFileSync(path, password, { mode: 0o600 });
  return password;
}

async function withDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function demoState(ownerUrl: string): Promise<DemoState> {
  return withDatabase(ownerUrl, async (client) => {
    const { rows } = await client.query<{ state: string }>(
      "SELECT value->>'state' AS state FROM setting WHERE key = $1",
      [key],
    );
    const [row] = rows;
    if (!row) return "absent";
    return row.state === "made" ? "made" : "begun";
  });
}

export function recordDemo(ownerUrl: string, state: "begun" | "made", at: Date): Promise<void> {
  return withDatabase(ownerUrl, async (client) => {
    await client.query(
      "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [key, JSON.stringify({ state, at: at.toISOString() })],
    );
  });
}

export type Person = { readonly email: string; readonly name: string; readonly roles: string };

/** Who can sign in with a password, with their roles, at most twelve, the oldest accounts first. */
export function peopleWhoCanSignIn(ownerUrl: string): Promise<readonly Person[]> {
  return withDatabase(ownerUrl, async (client) => {
    const { rows } = await client.query<Person>(
      `SELECT p.email, p.name, coalesce(string_agg(DISTINCT g.role, ', '), 'no role') AS roles
         FROM person p
         LEFT JOIN group_member m ON m.person_id = p.id
         LEFT JOIN role_grant g ON g.person_id = p.id OR g.group_id = m.group_id
        WHERE p.password_hash IS NOT NULL AND p.deactivated_at IS NULL
        GROUP BY p.id ORDER BY p.created_at, p.email LIMIT 12`,
    );
    return rows;
  });
}

/**
 * Makes the demo organisation through the product's own commands, in a process of its own. Its commits do not wait for
 * the disk: the record that it is complete, written after them, does, and with it everything before.
 */
export async function seed(context: RunContext, env: SeedEnvironment): Promise<void> {
  const url = new URL(env.PLUMBLINE_DATABASE_URL);
  url.searchParams.set("options", "-c synchronous_commit=off");
  await run(context, {
    what: "Making the demo organisation",
    args: ["scripts/seed.ts"],
    env: { ...env, PLUMBLINE_DATABASE_URL: url.href },
  });
}
