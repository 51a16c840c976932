import pg from "pg";

/** The role that owns the database's objects: an ordinary one that may make roles, so that nothing leans on a superuser. */
export const ownerRole = "plumbline";

/** Makes the owner and a database of its own where they are missing. Returns the owner's URL of that database. */
export async function ensureDatabase(adminUrl: string, name: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [ownerRole]);
    if (role.rowCount === 0) {
      await client.query(`CREATE ROLE ${ownerRole} LOGIN CREATEROLE PASSWORD ${pg.escapeLiteral(password)}`);
    }
    const database = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${ownerRole}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = ownerRole;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database with all that is in it, ending whoever is connected. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
