import { expect, test } from "vitest";
import { authOptions } from "#lib/accounts/auth-options.ts";
import { personOfSession } from "#lib/accounts/session-actor.ts";
import { signInWithPassword } from "#lib/accounts/sign-in.ts";
import { aPerson } from "#lib/accounts/testing.ts";

test("signing out at the library's own address ends the session, not the cookie alone", async () => {
  const password = "plain words of a test";
  await aPerson({ email: "visitor@example.org", password, roles: ["viewer"] });
  const from = { channel: "browser" as const, address: "198.51.100.7" };
  const session = await signInWithPassword({ email: "visitor@example.org", password }, from);
  const { events } = authOptions(from);
  const token = { sub: session.personId, sid: session.sessionId, epoch: session.epoch };
  for (const again of [token, token, {}]) await events?.signOut?.({ token: again, session: { expires: "" } });
  expect(await personOfSession(session, from)).toBeNull();
});
