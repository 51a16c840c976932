import { encode } from "next-auth/jwt";
import { beforeAll, describe, expect, test } from "vitest";
import { bootstrapActor } from "#lib/accounts/bootstrap.ts";
import { createGroup } from "#lib/accounts/commands/groups.ts";
import { endSession, startSession } from "#lib/accounts/commands/sessions.ts";
import { createToken, revokeToken } from "#lib/accounts/commands/tokens.ts";
import { sessionCookie, sessionSecret } from "#lib/accounts/cookie.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { handleApi } from "#lib/api/handle.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";

const site = "https://plumbline.example";
let admin: Awaited<ReturnType<typeof aPerson>>;
let cookie: string;
let token: string;

async function cookieOf(actor: typeof admin): Promise<{ cookie: string; sessionId: string }> {
  const { sessionId, epoch } = await startSession(actor, { method: "password" });
  const value = await encode({ token: { sub: actor.id, sid: sessionId, epoch }, secret: sessionSecret() });
  return { cookie: `${sessionCookie()}=${value}`, sessionId };
}

beforeAll(async () => {
  admin = await aPerson({ roles: ["administrator"] });
  ({ cookie } = await cookieOf(admin));
  token = (await createToken(admin, { name: "ci", role: "administrator", days: 1 })).secret;
});

type Call = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>>; readonly raw?: BodyInit };

async function call(method: string, path: string, { body, raw, headers = {} }: Call = {}) {
  const response = await handleApi(
    new Request(`${site}/api/v1${path}`, {
      method,
      headers: { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json", ...headers },
      body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : null };
}

describe("strangers", () => {
  const bearer = (text: string) => ({ headers: { authorization: text, cookie: "" } });
  const cases: readonly [string, () => Promise<Call> | Call][] = [
    ["without anything", () => ({ headers: { cookie: "" } })],
    ["with an unknown token", () => bearer(`Bearer plb_${"A".repeat(43)}`)],
    ["with a token of another form", () => bearer("Bearer ghp_123")],
    ["with another scheme", () => bearer("Basic YTpi")],
    ["with a bad token beside a good cookie", () => ({ headers: { authorization: "Bearer plb_x" } })],
    ["with an altered cookie", () => ({ headers: { cookie: `${cookie.slice(0, -4)}AAAA` } })],
    [
      "with a revoked token",
      async () => {
        const { id, secret } = await createToken(admin, { name: "old", role: "administrator", days: 1 });
        await revokeToken(admin, { tokenId: id });
        return bearer(`Bearer ${secret}`);
      },
    ],
    [
      "with an expired token",
      async () => {
        const now = new Date("2026-01-01T00:00:00Z");
        const { secret } = await createToken(admin, { name: "old", role: "administrator", days: 1 }, { now });
        return bearer(`Bearer ${secret}`);
      },
    ],
    [
      "with the copied cookie of a session that was signed out",
      async () => {
        const own = await cookieOf(admin);
        await endSession(admin, { sessionId: own.sessionId });
        return { headers: { cookie: own.cookie } };
      },
    ],
  ];
  test.each(cases)("%s get one and the same 401, for paths that are there and paths that are not", async (_, make) => {
    const given = await make();
    const answers = [
      await call("GET", "/people", given),
      await call("GET", "/nowhere", given),
      await call("POST", "/groups", { ...given, body: {} }),
    ];
    for (const { status, headers, json } of answers) {
      expect(status).toBe(401);
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(headers.get("www-authenticate")).toContain("Bearer");
      expect(headers.get("location")).toBeNull();
      const { instance: _path, requestId: _id, ...rest } = json;
      expect(rest).toEqual({
        type: "urn:plumbline:problem:unauthenticated",
        title: "Sign-in needed",
        status: 401,
        detail: "Send a token that holds as Authorization: Bearer plb_…, or sign in",
      });
    }
  });
});

describe("a cookie", () => {
  test.each([
    ["of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["of a sibling site", { "sec-fetch-site": "same-site" }, 403],
    ["that says nothing of where it comes from", { "sec-fetch-site": "" }, 403],
    ["of this site", { "sec-fetch-site": "same-origin" }, 200],
  ])("serves a change that comes from a request %s only as far as it may", async (name, headers, status) => {
    const slug = `g-${name.replaceAll(" ", "-")}`;
    const answer = await call("POST", "/groups", { body: { slug, name }, headers });
    expect(answer.status).toBe(status);
    expect(await database().group.count({ where: { slug } })).toBe(status === 200 ? 1 : 0);
  });

  test("names the browser in the log, a token the API", async () => {
    await call("POST", "/groups", { body: { slug: "by-cookie", name: "A" } });
    const headers = { authorization: `Bearer ${token}`, cookie: "", "sec-fetch-site": "cross-site" };
    const refused = await call("POST", "/groups", { body: { slug: "by-token", name: "B" }, headers });
    expect(refused.status).toBe(403);
    const channels = await database().auditEvent.findMany({
      where: {
        command: "group.create",
        channel: { in: ["browser", "api"] },
        subjectId: { in: ["by-cookie", "group.create"] },
      },
      orderBy: { id: "desc" },
      take: 2,
    });
    expect(channels.map((event) => `${event.actorKind} ${event.channel}`).sort()).toEqual([
      "person browser",
      "token api",
    ]);
  });
});

describe("input", () => {
  test("of a field that there is not is refused by name", async () => {
    const { status, json } = await call("POST", "/groups", { body: { slug: "typo", name: "Typo", nmae: "x" } });
    expect(status).toBe(422);
    expect(json.errors).toEqual([{ pointer: "#/nmae", detail: expect.stringContaining("there are slug, name") }]);
  });

  test("that is wrong is refused field by field", async () => {
    const { status, json } = await call("POST", "/groups", { body: { slug: "No Slug", name: "" } });
    expect(status).toBe(422);
    expect(json).toMatchObject({ type: "urn:plumbline:problem:invalid", instance: "/api/v1/groups" });
    expect(json.errors.map((error: { pointer: string }) => error.pointer)).toEqual(["#/slug", "#/name"]);
    expect(json.requestId).toBeTruthy();
  });

  test("whose body disagrees with the path is refused", async () => {
    const { json } = await call("PATCH", "/groups/safety", { body: { group: "other", name: "x" } });
    expect(json.errors).toEqual([{ pointer: "#/group", detail: expect.stringContaining("twice") }]);
  });

  test.each([
    ["no JSON", "{", {}, 400],
    ["a list", "[]", {}, 400],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0x22]), {}, 400],
    ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["more than 2 MiB", `{"name":"${"x".repeat(2 * 1024 * 1024)}"}`, {}, 413],
  ])("that is %s is refused as a whole", async (_, raw, headers, status) => {
    const answer = await call("POST", "/groups", { raw, headers });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ status, title: "Unreadable body" });
  });

  test("cannot reach an object's prototype", async () => {
    const raw = '{"slug":"proto","name":"P","__proto__":{"x":1}}';
    expect((await call("POST", "/groups", { raw })).status).toBe(422);
  });
});

test("an Idempotency-Key gives a repeat the first answer and makes nothing twice", async () => {
  const body = { slug: "once", name: "Once" };
  const headers = { "idempotency-key": "7f1c" };
  const answers = await Promise.all([1, 2, 3].map(() => call("POST", "/groups", { body, headers })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
  expect(await database().auditEvent.count({ where: { action: "group.created", subjectId: "once" } })).toBe(1);
  const other = await call("POST", "/groups", { body: { ...body, name: "Other" }, headers });
  expect(other.status).toBe(409);
  const secret = await call("POST", "/tokens", { body: { name: "x", role: "viewer", days: 1 }, headers });
  expect(secret.status).toBe(422);
});

test("If-Match lets a change through only for the revision that was seen", async () => {
  const { slug } = await createGroup(bootstrapActor(new Date()), { slug: "matched", name: "First" });
  const seen = await call("GET", `/groups/${slug}`);
  expect(seen.headers.get("etag")).toBe('"1"');
  const rename = (name: string, ifMatch: string) =>
    call("PATCH", `/groups/${slug}`, { body: { name }, headers: { "if-match": ifMatch } });
  expect((await rename("Second", '"1"')).status).toBe(200);
  expect((await rename("Third", '"1"')).status).toBe(409);
  expect((await rename("Third", "abc")).status).toBe(422);
  expect((await call("GET", `/groups/${slug}`)).json).toMatchObject({ name: "Second", revision: 2 });
});

test.each([
  ["GET", "/nowhere", 404],
  ["DELETE", "/groups", 405],
  ["GET", "/groups/nobody-knows", 404],
  ["GET", "/people?cursor=rubbish", 422],
  ["GET", "/people/1", 422],
])("%s %s answers %i as problem+json", async (method, path, status) => {
  const answer = await call(method, path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  if (status === 405) expect(answer.headers.get("allow")).toBe("GET, POST");
});

test.each(["A\u0000B", "A\ud800B"])("text that cannot be kept is refused", async (name) => {
  const { status, json } = await call("POST", "/groups", { body: { slug: "unkept", name } });
  expect(status).toBe(422);
  expect(json.errors).toEqual([{ pointer: "#/name", detail: expect.stringContaining("remove that character") }]);
});

test("what nobody expected is a 500 that says no more than its id", async () => {
  const { adminUrl } = testDatabase();
  await withSql(adminUrl, (sql) => sql.query("REVOKE SELECT ON people_group FROM plumbline_app"));
  const { status, json } = await call("GET", "/groups");
  await withSql(adminUrl, (sql) => sql.query("GRANT SELECT ON people_group TO plumbline_app"));
  expect(status).toBe(500);
  expect(Object.keys(json).sort()).toEqual(["detail", "instance", "requestId", "status", "title", "type"]);
  expect(JSON.stringify(json)).not.toMatch(/prisma|postgres|people_group|at \w+ \(/i);
});
