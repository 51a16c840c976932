import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import { aBench, documentIn, edited, eventually, first, second } from "./testing/bench.ts";

const bench = aBench();

describe("a restore", () => {
  const ask = (expected: readonly string[], target: string) =>
    bench.far.push(`event: restore\ndata: ${JSON.stringify({ id: "r1", expected, target })}\n\n`);

  test("puts the declared configuration back, if the file is still as it was seen", async () => {
    const agent = bench.start(["--out", bench.out]);
    await bench.inPlace();
    await bench.edit();
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(edited) }));
    ask([digestOf(edited)], digestOf(first));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ restored: "r1", digest: digestOf(first) }));
    expect(await documentIn(bench.out)).toEqual(first);
    expect(agent.said.at(-1)).toMatch(/, to restore it$/);
  });

  test.each<[string, readonly string[], string, RegExp]>([
    ["of something that is no longer there", [digestOf(second)], digestOf(first), /has changed since/],
    ["to something that is not declared", [digestOf(edited)], digestOf(second), /than what is declared/],
  ])("%s is refused", async (_, expected, target, said) => {
    const agent = bench.start(["--out", bench.out]);
    await bench.inPlace();
    await bench.edit();
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(edited) }));
    ask(expected, target);
    await eventually(() => expect(agent.said.at(-1)).toMatch(said));
    expect(await documentIn(bench.out)).toEqual(edited);
    expect(bench.far.reported.some((report) => "restored" in report)).toBe(false);
  });

  test("of what is as declared already is reported as done", async () => {
    bench.start(["--out", bench.out]);
    await bench.inPlace();
    ask([digestOf(edited)], digestOf(first));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ restored: "r1" }));
  });
});
