import { encode } from "next-auth/jwt";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { grantRole } from "#lib/accounts/commands/grants.ts";
import { endSession, startSession } from "#lib/accounts/commands/sessions.ts";
import { sessionCookie, sessionSecret } from "#lib/accounts/cookie.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import { endLiveStreams, liveUpdates } from "#lib/api/live.ts";
import { aHouse, aVersion, type House, promoted } from "#lib/gates/testing/house.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";

let house: House;
let staging: string;
beforeAll(async () => {
  house = await aHouse();
  const where = { systemId_slug: { systemId: house.systemId, slug: "staging" } };
  staging = (await database().environment.findUniqueOrThrow({ where })).id;
});

async function signIn(actor: Actor) {
  const { sessionId, epoch } = await startSession(actor, { method: "password" });
  const value = await encode({ token: { sid: sessionId, epoch }, secret: sessionSecret() });
  return { sessionId, cookie: `${sessionCookie()}=${value}` };
}

const opened: AbortController[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.abort();
});

async function follow(cookie: string, since: number | null = null) {
  const leaving = new AbortController();
  opened.push(leaving);
  const url = `http://localhost/api/live${since === null ? "" : `?since=${since}`}`;
  const response = await liveUpdates(new Request(url, { headers: { cookie }, signal: leaving.signal }));
  let text = "";
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
  })();
  return { response, leaving, ended, text: () => text };
}

const notify = (environmentId: string) =>
  withSql(testDatabase().appUrl, (sql) => sql.query("SELECT pg_notify('plumbline_board', $1)", [environmentId]));

/** Waits until this process hears what the database tells. */
async function hearing(cookie: string) {
  const one = await follow(cookie);
  await vi.waitFor(async () => {
    await notify(staging);
    expect(one.text()).toContain(staging);
  }, 5_000);
  one.leaving.abort();
  await one.ended;
}

beforeEach(async () => {
  await hearing((await signIn(house.boss)).cookie);
});

test("strangers, and those whose session has ended, get 401", async () => {
  const { cookie, sessionId } = await signIn(house.ada);
  expect((await follow("")).response.status).toBe(401);
  expect((await follow(`${sessionCookie()}=nonsense`)).response.status).toBe(401);
  await endSession(house.ada, { sessionId });
  const { response } = await follow(cookie);
  expect(response.status).toBe(401);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
});

test("a deployment is told to those who may read the system, and to nobody else", async () => {
  const other = await aHouse();
  const mine = await follow((await signIn(house.ada)).cookie);
  const theirs = await follow((await signIn(other.ada)).cookie);
  const all = await follow((await signIn(other.boss)).cookie);
  expect(mine.response.headers.get("content-type")).toBe("text/event-stream");
  const version = await aVersion(house, { base: "temperature: 0.2\n" });
  await promoted(house, { versions: [version], environment: "development" });
  const { id } = await database().environment.findUniqueOrThrow({
    where: { systemId_slug: { systemId: house.systemId, slug: "development" } },
  });
  const line = `event: board\ndata: ${JSON.stringify({ environmentId: id, systemId: house.systemId })}\n\n`;
  await vi.waitFor(() => expect(mine.text()).toContain(line));
  await vi.waitFor(() => expect(all.text()).toContain(line));
  expect(theirs.text()).not.toContain("board");
});

describe("a page that was made earlier", () => {
  test("learns at once that something has changed since, if it may know", async () => {
    const other = await aHouse();
    const before = Date.now();
    await notify(staging);
    await hearing((await signIn(house.boss)).cookie);
    const mine = await follow((await signIn(house.ada)).cookie, before);
    const theirs = await follow((await signIn(other.ada)).cookie, before);
    await vi.waitFor(() => expect(mine.text()).toContain("event: board\ndata: {}"));
    expect(theirs.text()).not.toContain("board");
  });

  test("learns nothing when nothing has", async () => {
    const { cookie } = await signIn(house.ada);
    const one = await follow(cookie, Date.now() + 60_000);
    await vi.waitFor(() => expect(one.text()).toContain("retry"));
    expect(one.text()).not.toContain("board");
  });
});

test("when the connection to the database was lost, everything may have changed", async () => {
  const one = await follow((await signIn(house.ada)).cookie);
  await withSql(testDatabase().adminUrl, (sql) =>
    sql.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plumbline listen'"),
  );
  await vi.waitFor(() => expect(one.text()).toContain("event: board\ndata: {}"), 5_000);
});

test("all streams of the process share one connection", async () => {
  const { cookie } = await signIn(house.ada);
  for (let count = 0; count < 5; count++) await follow(cookie);
  const { rows } = await withSql(testDatabase().adminUrl, (sql) =>
    sql.query(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'plumbline listen' AND datname = current_database()",
    ),
  );
  expect(rows).toEqual([{ count: 1 }]);
});

test("of one person a few streams are kept, and one that ends makes room", async () => {
  const { cookie } = await signIn(house.ada);
  const streams = [];
  for (let count = 0; count < 8; count++) streams.push(await follow(cookie));
  expect((await follow(cookie)).response.status).toBe(429);
  expect((await follow((await signIn(house.grace)).cookie)).response.status).toBe(200);
  streams[0]?.leaving.abort();
  await streams[0]?.ended;
  expect((await follow(cookie)).response.status).toBe(200);
});

test("all streams end when the process stops", async () => {
  const { cookie } = await signIn(house.ada);
  const both = [await follow(cookie), await follow(cookie)];
  endLiveStreams();
  await Promise.all(both.map(({ ended }) => ended));
});

describe("every fifteen seconds", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = () => vi.advanceTimersByTimeAsync(15_000);

  test("a stream gives a sign of life, which keeps no idle session alive", async () => {
    const { cookie, sessionId } = await signIn(house.ada);
    const one = await follow(cookie);
    await pass();
    await vi.waitFor(() => expect(one.text()).toContain(": keep-alive\n\n"));
    expect(await database().activity.count({ where: { subjectId: sessionId } })).toBe(0);
  });

  test("a stream ends with its session", async () => {
    const { cookie, sessionId } = await signIn(house.ada);
    const one = await follow(cookie);
    await endSession(house.ada, { sessionId });
    await pass();
    await one.ended;
    expect(one.text()).not.toContain("keep-alive");
  });

  test("a stream ends when what its person may do has changed", async () => {
    const person = await aPerson({ roles: [{ role: "viewer", system: house.systemId }] });
    const one = await follow((await signIn(person)).cookie);
    await grantRole(house.boss, { role: "auditor", personId: person.id });
    await pass();
    await one.ended;
  });
});
