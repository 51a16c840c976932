import { expect, test } from "vitest";
import { appPasswordOf, appUrlOf } from "./roles.ts";

test("every process that knows the owner's password finds the same one for the application", () => {
  const first = appPasswordOf("postgresql://owner:p%40ss@db.example:5432/one");
  expect(first).toBe(appPasswordOf("postgresql://owner:p%40ss@other.example/two"));
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(first).not.toBe(appPasswordOf("postgresql://owner:other@db.example:5432/one"));
});

test("the application's URL differs in who signs in, and in nothing else", () => {
  const url = new URL(appUrlOf("postgresql://owner:secret@db.example:6432/plumbline?sslmode=require"));
  expect(url.username).toBe("plumbline_app");
  expect(url.password).not.toBe("secret");
  expect(`${url.host}${url.pathname}${url.search}`).toBe("db.example:6432/plumbline?sslmode=require");
});

test("an owner without a password is asked for one", () => {
  expect(() => appUrlOf("postgresql://owner@db.example/plumbline")).toThrow(/has no password to derive/);
});
