// Brings the database that DATABASE_URL names up to date. Start runs the same by itself.
import { Refusal } from "#lib/kernel/refusal.ts";
import { migrate } from "#lib/platform/migrations.ts";

try {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Refusal("invalid", "Set DATABASE_URL to the owner's URL of the database to migrate.");
  const applied = await migrate(url, { appUrl: process.env.PLUMBLINE_DATABASE_URL });
  console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
