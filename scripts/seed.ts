// Makes the demo organisation in the database of PLUMBLINE_DATABASE_URL. Start does it once, on the first run.
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";
import { seedDemo } from "../prisma/seed/seed.ts";

const password = process.env.PLUMBLINE_DEMO_PASSWORD;
if (!password)
  throw new Refusal("invalid", "Set PLUMBLINE_DEMO_PASSWORD to the password of the demo organisation's people.");

const onStep = (done: number, of: number) => {
  if (done % 10 === 0 || done === of) console.log(`${done} of ${of}`);
};
await seedDemo({ now: new Date(), password, onStep });
await database().$disconnect();
