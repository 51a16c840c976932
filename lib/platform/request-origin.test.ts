import { expect, test } from "vitest";
import { addressOf, hasReadablePath, requestIdOf } from "./request-origin.ts";

test.each([
  ["a plain id", "0f7c-4a1b_9", true],
  ["one too short to be unique", "abc", false],
  ["one with a line break", "abcdefgh\nX: y", false],
  ["none", undefined, false],
])("a request with %s keeps its id: %#", (_, given, isKept) => {
  const id = requestIdOf({ headers: given === undefined ? {} : { "x-request-id": given } });
  expect(id === given).toBe(isKept);
  expect(id).toMatch(/^[\w.-]{8,64}$/);
});

const request = {
  headers: { "x-forwarded-for": "203.0.113.9, 198.51.100.7" },
  socket: { remoteAddress: "::ffff:127.0.0.1" },
};

test.each([
  ["nobody is trusted: the connection's own", false, "127.0.0.1"],
  ["a proxy is trusted: what that proxy saw", true, "198.51.100.7"],
])("the address when %s", (_, trustsProxy, expected) => {
  expect(addressOf(request, trustsProxy)).toBe(expected);
});

test.each([
  ["/systems/a%20b?q=%ff", true],
  ["/systems/%ff", false],
  ["/systems/%", false],
  ["", true],
])("%s has a path that can be read: %s", (url, isReadable) => {
  expect(hasReadablePath({ url })).toBe(isReadable);
});
