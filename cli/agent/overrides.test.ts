import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import { aBench, documentIn, edited, eventually, first } from "./testing/bench.ts";

const bench = aBench();

describe("variables", () => {
  test("that override are reported with the value that really runs", async () => {
    bench.start(["--out", bench.out, "--env-prefix", "APP_"], { APP_SAMPLING_TEMPERATURE: "0.95", OTHER: "1" });
    const runs = { ...first, sampling: { temperature: 0.95 } };
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(runs) }));
    expect(bench.lastReport()?.origins).toEqual({
      "": `file ${bench.out}`,
      "/sampling/temperature": "environment variable APP_SAMPLING_TEMPERATURE",
    });
    expect(await documentIn(bench.out)).toEqual(first);
  });

  test("go into a file, and what is edited there is seen", async () => {
    const envOut = join(bench.folder, "app.env");
    bench.start(["--env-out", envOut, "--env-prefix", "APP_"]);
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(first) }));
    const text = await readFile(envOut, "utf8");
    expect(text).toContain('APP_PROMPTS_SYSTEM="Be kind"\nAPP_SAMPLING_TEMPERATURE="0.2"\n');
    await writeFile(envOut, text.replace('"0.2"', "0.9"));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(edited) }));
    expect(bench.lastReport()?.origins).toMatchObject({
      "/sampling/temperature": `environment variable APP_SAMPLING_TEMPERATURE in ${envOut}`,
    });
  });

  test("in two files: whichever deviates shows", async () => {
    const envOut = join(bench.folder, "app.env");
    bench.start(["--out", bench.out, "--env-out", envOut]);
    await bench.inPlace();
    await bench.edit({ ...first, prompts: { system: "Be rude" } });
    await writeFile(envOut, (await readFile(envOut, "utf8")).replace('"0.2"', "0.9"));
    const runs = { sampling: { temperature: 0.9 }, prompts: { system: "Be rude" } };
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(runs) }));
  });

  test("that would have the same name are refused, and what was there stays", async () => {
    const envOut = join(bench.folder, "app.env");
    const agent = bench.start(["--env-out", envOut]);
    await eventually(() => expect(bench.far.openStreams()).toBe(1));
    bench.declare({ "a-b": 1, a: { b: 2 } });
    await eventually(() => expect(agent.said.at(-1)).toMatch(/cannot carry .*both be the variable A_B$/));
    expect(await readFile(envOut, "utf8")).toContain("SAMPLING_TEMPERATURE");
  });
});
