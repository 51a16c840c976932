import { expect, test } from "vitest";
import { pageOf } from "./event-links.ts";

test.each([
  ["a finding", { type: "finding", id: "12" }, "/drift/12"],
  ["a hot-patch, by the name that people use", { type: "hot_patch", id: "HP-3" }, "/hot-patches/3"],
  ["a follow-up, which stands on its patch's page", { type: "follow_up", id: "HP-3" }, "/hot-patches/3"],
  ["something without a page", { type: "session", id: "1" }, null],
  ["a word that every object knows", { type: "constructor", id: "1" }, null],
  ["an id that would lead elsewhere", { type: "person", id: "../x" }, "/settings/members/..%2Fx"],
])("the page of %s", (_, subject, page) => {
  expect(pageOf(subject)).toBe(page);
});
