import { expect, test } from "vitest";
import { routeFinder } from "#lib/api/match.ts";

const find = routeFinder([
  { entry: "list", http: { method: "GET", path: "/tokens" } },
  { entry: "make", http: { method: "POST", path: "/tokens" } },
  { entry: "one", http: { method: "GET", path: "/tokens/{id}" } },
  { entry: "newest", http: { method: "GET", path: "/tokens/newest" } },
  { entry: "part", http: { method: "PUT", path: "/systems/{system}/environments/{environment}" } },
]);

test.each([
  ["GET", "/tokens", { is: "found", entry: "list", values: {} }],
  ["GET", "/tokens/7", { is: "found", entry: "one", values: { id: "7" } }],
  ["GET", "/tokens/newest", { is: "found", entry: "newest", values: {} }],
  ["GET", "/tokens/a%2Fb", { is: "found", entry: "one", values: { id: "a/b" } }],
  ["PUT", "/systems/s/environments/e", { is: "found", entry: "part", values: { system: "s", environment: "e" } }],
  ["PATCH", "/tokens", { is: "method", allowed: ["GET", "POST"] }],
  ["GET", "/tokens/", { is: "none" }],
  ["GET", "/tokens/%E0%A4%A", { is: "none" }],
  ["GET", "/constructor", { is: "none" }],
  ["GET", "", { is: "none" }],
])("%s %s", (method, path, match) => {
  expect(find(method, path)).toEqual(match);
});
