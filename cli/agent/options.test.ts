import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const environment = {
  NODE_ENV: "test",
  PLUMBLINE_TOKEN: "plb_x",
  PLUMBLINE_URL: "https://plumbline.example.org",
} as const;

test.each<[string, RegExp]>([
  ["", /^Say where the configuration goes/],
  ["--url plumbline --out a.json", /^--url is "plumbline"/],
  ["--out a.toml", /^--out is a.toml; its name has to end in/],
  ["--out a.json --exec", /^--exec needs a program/],
  ["--env", /^--env is for a program/],
  ["--out a.json --once -- ./app", /^--once ends at once/],
  ["--out a.json --on-change sometimes -- ./app", /^--on-change is restart, hup or none/],
  ["--env --on-change hup -- ./app", /^A program's environment never changes/],
  ["--out a.json --build 1 --build-file b", /^--build-file cannot be read/],
  ["--out a.json --build 1 --build-file /dev/null", /^Give --build or --build-file/],
  ["--out a.json --interval 1", /^--interval is "1"/],
  ["--out a.json --interval soon", /^--interval is "soon"/],
  ["--out a.json --transport pigeon", /^--transport is/],
  ["--out a.json --mode 999", /^--mode is "999"/],
])("agent %s", (line, misuse) => {
  const wish = readOptions(
    line.split(" ").filter((word) => word !== ""),
    environment,
  );
  expect("misuse" in wish && wish.misuse).toMatch(misuse);
});

test("a token has to come from somewhere", () => {
  const wish = readOptions(["--out", "a.json"], { NODE_ENV: "test" });
  expect("misuse" in wish && wish.misuse).toMatch(/^Give --token-file, or set PLUMBLINE_TOKEN/);
});

test("what follows -- is the program's", () => {
  const wish = readOptions(["--out", "/etc/a.yml", "--", "./app", "--out", "x"], environment);
  expect(wish).toMatchObject({
    url: "https://plumbline.example.org",
    program: ["./app", "--out", "x"],
    out: { path: "/etc/a.yml", format: "yaml" },
    state: "/etc/.a.yml.plumbline",
    mode: 0o600,
    onChange: "restart",
  });
});
