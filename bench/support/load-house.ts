import { randomBytes } from "node:crypto";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { aRule } from "#lib/systems/testing/rules-fixture.ts";
import { cookieOf } from "./session.ts";

export type LoadHouse = {
  readonly house: House;
  /** A runtime's credential for production. */
  readonly token: string;
  /** Sessions of people who file hot-patches and of one who reviews them. */
  readonly responder: string;
  readonly version: string;
};

/** How many parameters `/limits/limit_<n>` there are, one for each hot-patch. */
export const PARAMETERS = 400;

/** A system whose bundle `assistant` of about 40 KB is deployed in every environment. */
export async function aLoadHouse(url: string): Promise<LoadHouse> {
  const house = await aHouse({
    parameters: [aRule({ pattern: "/limits/*", schema: { type: "integer" } }), aRule({ pattern: "/texts/*" })],
  });
  const limits = Array.from({ length: PARAMETERS }, (_, at) => `  limit_${at}: ${at}`);
  const texts = Array.from({ length: 200 }, (_, at) => `  text_${at}: ${"a sentence of a prompt ".repeat(7)}${at}`);
  const base = ["limits:", ...limits, "texts:", ...texts, ""].join("\n");
  const version = await aVersion(house, { base });
  for (const environment of ["development", "staging", "production"]) {
    await promoted(house, { versions: [version], environment });
  }
  const wish = { name: "Runtimes", role: "runtime", system: house.system, environment: "production", days: 1 };
  const { secret } = await createToken(house.boss, wish);
  const email = `responder-${randomBytes(4).toString("hex")}@example.org`;
  const password = randomBytes(12).toString("hex");
  await aPerson({ name: "Responder", email, password, roles: ["responder"] });
  return { house, token: secret, responder: await cookieOf(url, email, password), version };
}
