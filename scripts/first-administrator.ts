// Lets the first administrator in. Start runs it where there is no demo organisation and PLUMBLINE_ADMIN_EMAIL is set.
import { randomBytes } from "node:crypto";
import { makeFirstAdministrator } from "#lib/accounts/first-administrator.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";

const email = process.env.PLUMBLINE_ADMIN_EMAIL;
if (!email) throw new Refusal("invalid", "Set PLUMBLINE_ADMIN_EMAIL to the e-mail address of the first administrator.");

const given = process.env.PLUMBLINE_ADMIN_PASSWORD;
const password = given || randomBytes(15).toString("base64url");
try {
  const isMade = await makeFirstAdministrator({ email, password }, new Date());
  if (isMade && !given) console.log(`First administrator: ${email}, password (shown once): ${password}`);
} finally {
  await database().$disconnect();
}
