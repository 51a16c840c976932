import { afterEach, expect, test, vi } from "vitest";
import { listen } from "./listen.ts";
import { testDatabase, withSql } from "./testing/database.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function hearing(channels: readonly string[]) {
  const heard: [string, string | null][] = [];
  stops.push(listen(channels, (channel, payload) => heard.push([channel, payload])));
  await vi.waitFor(() => expect(heard).toHaveLength(channels.length), 5_000);
  return heard;
}

const tell = (channel: string, payload: string) =>
  withSql(testDatabase().appUrl, (sql) => sql.query("SELECT pg_notify($1, $2)", [channel, payload]));

test("says first that everything has to be read, then what it is told", async () => {
  const heard = await hearing(["plumbline_one", "plumbline_two"]);
  await tell("plumbline_two", "e1");
  await tell("plumbline_three", "nobody listens");
  await tell("plumbline_one", "");
  await vi.waitFor(() => expect(heard).toHaveLength(4));
  expect(heard).toEqual([
    ["plumbline_one", null],
    ["plumbline_two", null],
    ["plumbline_two", "e1"],
    ["plumbline_one", ""],
  ]);
});

test("says again that everything has to be read once a lost connection stands again", async () => {
  const heard = await hearing(["plumbline_one"]);
  await withSql(testDatabase().adminUrl, (sql) =>
    sql.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plumbline listen'"),
  );
  await vi.waitFor(
    () =>
      expect(heard).toEqual([
        ["plumbline_one", null],
        ["plumbline_one", null],
      ]),
    5_000,
  );
  await tell("plumbline_one", "again");
  await vi.waitFor(() => expect(heard.at(-1)).toEqual(["plumbline_one", "again"]));
});

test("is silent once it was stopped", async () => {
  const heard = await hearing(["plumbline_one"]);
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await tell("plumbline_one", "too late");
  expect(heard).toEqual([["plumbline_one", null]]);
});
