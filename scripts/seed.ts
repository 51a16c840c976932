// Makes the demo organisation in the database of PLUMBLINE_DATABASE_URL. Start does it once, on the first run.
import { writeFileSync } from "node:fs";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { seedDemo } from "../prisma/seed/seed.ts";

const password = process.env.PLUMBLINE_DEMO_PASSWORD;
if (!password)
  throw new Refusal("invalid", "Set PLUMBLINE_DEMO_PASSWORD to the password of the demo organisation's people.");

const onStep = (done: number, of: number) => {
  if (done % 10 === 0 || done === of) console.log(`${done} of ${of}`);
};
const tokens = await seedDemo({ now: new Date(), password, onStep });
// What the demo organisation's runtimes sign in with, for scripts/demo-fleets.ts.
const file = process.env.PLUMBLINE_DEMO_FLEETS;
if (file) writeFileSync(file, JSON.stringify(tokens), { mode: 0o600 });
await database().$disconnect();
