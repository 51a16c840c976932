import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { decode } from "next-auth/jwt";
import Provider from "oidc-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { authOptions } from "#lib/accounts/auth-options.ts";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { createGroup } from "#lib/accounts/commands/groups.ts";
import { deactivatePerson } from "#lib/accounts/commands/people.ts";
import { claimsOfCookie, sessionCookie, sessionSecret } from "#lib/accounts/cookie.ts";
import { personOfSession } from "#lib/accounts/session-actor.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { aBrowser, authServer } from "#lib/accounts/testing-browser.ts";
import { database } from "#lib/platform/db.ts";

const setUp = bootstrapActor(new Date());
const arrival = { channel: "browser" as const, address: "198.51.100.1" };
const servers: Server[] = [];
/** What the identity provider says of each of its accounts. */
const people: Record<string, Readonly<Record<string, unknown>>> = {};
let app = "";
let idp = "";

async function listen(listener: RequestListener): Promise<{ origin: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  servers.push(server);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** The real thing, in this process. */
async function startProvider(conformIdTokenClaims: boolean): Promise<void> {
  let answer: RequestListener = () => {};
  const { origin } = await listen((request, response) => answer(request, response));
  answer = new Provider(origin, {
    clients: [
      { client_id: "plumbline", client_secret: "a secret", redirect_uris: [`${app}/api/auth/callback/company`] },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    conformIdTokenClaims,
    cookies: { keys: ["a key"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  }).callback();
  idp = origin;
  process.env.OIDC_ISSUER = origin;
}

beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(console, "info").mockImplementation(() => {});
  ({ origin: app } = await listen(authServer(() => authOptions(arrival))));
  process.env.NEXTAUTH_URL = app;
  process.env.OIDC_CLIENT_ID = "plumbline";
  process.env.OIDC_CLIENT_SECRET = "a secret";
});
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** Signs in at the provider as one of its accounts, and comes back. Returns where one ends and who one is. */
async function signIn(account: string) {
  const browser = aBrowser();
  const { csrfToken } = await (await browser.get(`${app}/api/auth/csrf`)).json();
  const begun = await browser.post(`${app}/api/auth/signin/company`, {
    csrfToken,
    callbackUrl: "/board",
    json: "true",
  });
  let at = await browser.follow((await begun.json()).url, idp);
  for (const prompt of ["login", "consent"]) {
    if (!at.startsWith(`${idp}/interaction`)) break;
    const form = { prompt, login: account, password: "x" };
    at = await browser.follow((await browser.post(at, form)).headers.get("location") ?? "", idp);
  }
  const back = await browser.get(at);
  const claims = await claimsOfCookie(browser.cookie(app, sessionCookie()));
  const session = claims && (await personOfSession(claims, arrival));
  return { end: back.headers.get("location") ?? "", session, back, browser, callback: at };
}

describe.each([
  ["in the ID token", false],
  ["only at its userinfo endpoint", true],
])("a company whose provider tells of people %s", (_, conform) => {
  const tag = conform ? "userinfo" : "token";
  beforeAll(() => startProvider(conform));
  beforeEach(() => {
    for (const account of Object.keys(people)) delete people[account];
  });

  test("lets a newcomer in without any role", async () => {
    people[`new-${tag}`] = { email: `New-${tag}@example.org`, email_verified: true, name: "Newcomer" };
    const { session, end } = await signIn(`new-${tag}`);
    expect(end).toBe(`${app}/board`);
    expect(session?.actor).toMatchObject({ kind: "person", name: "Newcomer", grants: [], groups: [] });
    expect(session?.email).toBe(`new-${tag}@example.org`);
    expect((await signIn(`new-${tag}`)).session?.actor.id).toBe(session?.actor.id);
  });

  test("binds someone who is known by their address, and keeps the address from anyone else", async () => {
    const email = `known-${tag}@example.org`;
    const ada = await aPerson({ email, roles: ["author"] });
    people[`ada-${tag}`] = { email, email_verified: true };
    expect((await signIn(`ada-${tag}`)).session?.actor).toMatchObject({ id: ada.id, grants: [{ role: "author" }] });
    people[`other-${tag}`] = { email, email_verified: true };
    const other = await signIn(`other-${tag}`);
    expect(other.session).toBeNull();
    expect(other.end).toContain("/sign-in?error=company");
  });

  test.each([
    ["was not verified", { email_verified: false }],
    ["nobody says is verified", {}],
  ])("does not open a known account for an address that %s", async (_, claim) => {
    const email = `unverified-${Object.keys(claim).length}-${tag}@example.org`;
    await aPerson({ email, roles: ["administrator"] });
    people[`mallory-${tag}`] = { email, ...claim };
    expect((await signIn(`mallory-${tag}`)).session).toBeNull();
    const refused = await database().auditEvent.findFirst({ where: { action: "session.refused", subjectId: email } });
    expect(refused?.summary).toContain("the company's sign-in was refused");
  });

  test("says which groups someone is in, at every sign-in", async () => {
    for (const slug of [`safety-${tag}`, `on-call-${tag}`]) await createGroup(setUp, { slug, name: slug });
    const named = (groups: readonly string[]) => ({ email: `grouped-${tag}@example.org`, groups });
    people[`grouped-${tag}`] = named([`safety-${tag}`, "unknown"]);
    expect((await signIn(`grouped-${tag}`)).session?.actor.groups).toEqual([`safety-${tag}`]);
    people[`grouped-${tag}`] = named([`on-call-${tag}`]);
    expect((await signIn(`grouped-${tag}`)).session?.actor.groups).toEqual([`on-call-${tag}`]);
  });

  test("cannot let someone back in who was deactivated", async () => {
    people[`left-${tag}`] = { email: `left-${tag}@example.org` };
    const { session } = await signIn(`left-${tag}`);
    await deactivatePerson(setUp, { personId: session?.actor.id });
    expect((await signIn(`left-${tag}`)).session).toBeNull();
  });

  test("is asked again when its answer is repeated or forged", async () => {
    people[`replay-${tag}`] = { email: `replay-${tag}@example.org` };
    const { callback } = await signIn(`replay-${tag}`);
    const stranger = aBrowser();
    const answer = await stranger.get(callback);
    expect(answer.headers.get("location")).toContain("error=OAuthCallback");
    expect(stranger.cookie(app, sessionCookie())).toBeUndefined();
  });
});

test("the cookie holds the session's name and nothing about the person", async () => {
  people.plain = { email: "plain@example.org", name: "Plain" };
  const { browser, back } = await signIn("plain");
  const secret = sessionSecret();
  const token = await decode({ token: browser.cookie(app, sessionCookie()), secret });
  expect(Object.keys(token ?? {}).sort()).toEqual(["epoch", "exp", "iat", "jti", "sid", "sub"]);
  const cookie = back.headers.getSetCookie().find((one) => one.startsWith(sessionCookie()));
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
});
