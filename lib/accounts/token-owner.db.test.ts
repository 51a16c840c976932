import { expect, test } from "vitest";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { revokeRole } from "#lib/accounts/commands/grants.ts";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { actorOfToken } from "#lib/accounts/session-actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { database } from "#lib/platform/db.ts";

test("a token ends with its owner's right to answer for it", async () => {
  const owner = await aPerson({ roles: ["administrator", "viewer"] });
  const { secret } = await createToken(owner, { name: "Release bot", role: "author", days: 30 });
  expect(await actorOfToken(secret, { channel: "api" })).toMatchObject({ kind: "token", name: "Release bot" });
  const grant = await database().roleGrant.findFirstOrThrow({ where: { personId: owner.id, role: "administrator" } });
  await aPerson({ roles: ["administrator"] });
  await revokeRole(bootstrapActor(new Date()), { grantId: grant.id });
  expect(await actorOfToken(secret, { channel: "api" })).toBeNull();
});
