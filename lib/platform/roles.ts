import { createHmac } from "node:crypto";
import pg from "pg";
import { Refusal } from "#lib/kernel/refusal.ts";

/** The login role of the application: it may read and write rows, and can neither change nor drop what guards them. */
export const appRole = "plumbline_app";

/** PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const codes = {
  notAllowed: "42501",
  roleExists: "42710",
  uniqueViolation: "23505",
  wrongPassword: "28P01",
  mayNotLogIn: "28000",
};

/** Password of the application's role, in hex: every process that knows the owner's password finds the same. */
export function appPasswordOf(ownerUrl: string): string {
  const { password } = new URL(ownerUrl);
  if (password === "") {
    throw new Refusal(
      "blocked",
      "DATABASE_URL has no password to derive the application role's from. Add it to the URL, or set PLUMBLINE_DATABASE_URL to the URL that the role plumbline_app signs in with.",
    );
  }
  return createHmac("sha256", decodeURIComponent(password)).update(appRole).digest("hex");
}

/** The owner's URL, with the application's role instead of the owner. */
export function appUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.password = appPasswordOf(ownerUrl);
  url.username = appRole;
  return url.href;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

function askForRole(sql: string): Refusal {
  return new Refusal(
    "blocked",
    `The owner of the database may not make the role ${appRole}. Grant it CREATEROLE, or run this once as an administrator of the server:\n\n  ${sql}\n`,
  );
}

async function canSignIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === codes.wrongPassword || code === codes.mayNotLogIn) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * Makes the application's role, or gives it the derived password. With PLUMBLINE_DATABASE_URL the role is the
 * administrator's matter, and this only checks that it is there. Throws a Refusal with the SQL to run when the owner may not.
 */
export async function ensureAppRole(owner: pg.Client, ownerUrl: string, givenUrl?: string): Promise<void> {
  const { rowCount } = await owner.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [appRole]);
  if (givenUrl !== undefined) {
    if (rowCount === 0) throw askForRole(`CREATE ROLE ${appRole} LOGIN PASSWORD '…';`);
    return;
  }
  const password = appPasswordOf(ownerUrl);
  if (rowCount === 0) {
    const sql = `CREATE ROLE ${appRole} LOGIN PASSWORD '${password}';`;
    try {
      await owner.query(sql);
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === codes.notAllowed) throw askForRole(sql);
      // Another database of the same server made it at this moment.
      if (code !== codes.roleExists && code !== codes.uniqueViolation) throw error;
    }
  }
  if (await canSignIn(appUrlOf(ownerUrl))) return;
  const sql = `ALTER ROLE ${appRole} LOGIN PASSWORD '${password}';`;
  try {
    await owner.query(sql);
  } catch (error) {
    if (codeOf(error) !== codes.notAllowed) throw error;
    throw askForRole(sql);
  }
}
