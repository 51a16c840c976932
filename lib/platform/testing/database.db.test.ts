import { expect, test } from "vitest";
import { testDatabase, withSql } from "./database.ts";

test("the application's role is neither a superuser nor the owner", async () => {
  const { rows } = await withSql(testDatabase().appUrl, (sql) =>
    sql.query("SELECT current_user AS name, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"),
  );
  expect(rows).toEqual([{ name: "plumbline_app", rolsuper: false, rolcreaterole: false }]);
});

test("the environment leads to this file's database", () => {
  expect(process.env.PLUMBLINE_DATABASE_URL).toBe(testDatabase().appUrl);
});
