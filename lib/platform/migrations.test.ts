import { expect, test } from "vitest";
import { Refusal } from "#lib/kernel/refusal.ts";
import { lineAt, pendingMigrations, readMigrations } from "./migrations.ts";

const one = { name: "1_schema", sql: "SELECT 1", checksum: "aa" };
const two = { name: "2_guarantees", sql: "SELECT 2", checksum: "bb" };
const applied = (name: string, checksum: string, isFinished = true) => ({ name, checksum, isFinished });

test.each([
  ["a new database", [], [one, two]],
  ["one that is behind", [applied("1_schema", "aa")], [two]],
  ["one that is up to date", [applied("1_schema", "aa"), applied("2_guarantees", "bb")], []],
])("%s gets what it lacks", (_, history, expected) => {
  expect(pendingMigrations([one, two], history)).toEqual(expected);
});

test.each([
  ["an edited migration", [applied("1_schema", "zz")], /1_schema was edited after it had been applied/],
  ["a migration of a newer version", [applied("3_later", "cc")], /3_later, which this version does not know/],
  ["a migration that did not finish", [applied("1_schema", "aa", false)], /1_schema began and did not finish/],
])("%s is refused by name", (_, history, message) => {
  expect(() => pendingMigrations([one, two], history)).toThrow(message);
  expect(() => pendingMigrations([one, two], history)).toThrow(Refusal);
});

test.each([
  [1, 1],
  [9, 1],
  [11, 2],
  [12, 3],
])("position %i of a text lies in line %i", (position, line) => {
  expect(lineAt("SELECT 1;\n\nSELECT 2;", position)).toBe(line);
});

test("the migrations of the product are read in order, with the checksum of the file", () => {
  const names = readMigrations().map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(names).toEqual(names.toSorted());
  for (const { checksum } of readMigrations()) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
});
