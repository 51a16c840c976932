import { chmod, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import { answering } from "../../sdk/testing/fake.ts";
import { aBench, documentIn, edited, eventually, first, second } from "./testing/bench.ts";

const bench = aBench();

describe("the file", () => {
  test("is written, reported with where its values are from, and written again when there is another", async () => {
    const agent = bench.start(["--out", bench.out, "--bundle", "assistant", "--fleet", "eu-west", "--build", "b7"]);
    await bench.inPlace();
    expect((await stat(bench.out)).mode & 0o777).toBe(0o600);
    expect(bench.lastReport()).toMatchObject({
      instance: "pod-1",
      fleet: "eu-west",
      build: "b7",
      bundle: "assistant",
      client: "plumbline-agent/0.1.0",
      intervalSeconds: 5,
      origins: { "": `file ${bench.out}` },
    });
    bench.declare(second);
    await bench.inPlace(second);
    expect(agent.said).toEqual([
      `Wrote ${digestOf(first)} to ${bench.out}`,
      `Wrote ${digestOf(second)} to ${bench.out}`,
    ]);
    expect(await agent.stop()).toEqual({ code: 0 });
    expect(bench.lastReport()).toMatchObject({ stopping: true });
  });

  test("may be YAML, in a folder that is not there yet, and keeps its permissions", async () => {
    const path = join(bench.folder, "etc", "app.yaml");
    bench.start(["--out", path, "--mode", "640"]);
    await eventually(async () =>
      expect(await readFile(path, "utf8")).toMatch(/^# Written by .*\nprompts:\n {2}system: Be kind\nsampling:\n/),
    );
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    await chmod(path, 0o600);
    await eventually(() => expect(bench.far.openStreams()).toBe(1));
    bench.declare(second);
    await eventually(async () => expect(await readFile(path, "utf8")).toContain("temperature: 0.4"));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("that somebody edits is reported and left alone, until something else is declared", async () => {
    const agent = bench.start(["--out", bench.out]);
    await bench.inPlace();
    bench.far.reports = (body) => ({
      accepted: true,
      wantsDocument: !("document" in body),
      digest: null,
      restore: null,
    });
    await bench.edit();
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(edited), document: edited }));
    expect(await documentIn(bench.out)).toEqual(edited);
    expect(agent.said.at(-1)).toMatch(/not as declared; it is reported, and left as it is$/);
    bench.declare(second);
    await bench.inPlace(second);
    expect(agent.said.at(-1)).toMatch(/, in place of what was changed there$/);
  });

  test("that was edited while the agent was away is left alone as well", async () => {
    await startAndStop();
    await bench.edit();
    const agent = bench.start(["--out", bench.out]);
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(edited) }));
    expect(await documentIn(bench.out)).toEqual(edited);
    expect(agent.said[0]).toMatch(/left as it is/);
    expect(bench.far.reported.filter(({ digest, stopping }) => !stopping && digest === digestOf(first))).toHaveLength(
      1,
    );
  });

  test.each<[string, () => Promise<void>, RegExp]>([
    ["broken", () => writeFile(bench.out, '{"sampling": sk-1234'), /config.json: Line 1, column \d+: /],
    ["taken away", () => rm(bench.out), /config.json is not there$/],
    ["replaced by a folder", () => rm(bench.out).then(async () => void (await mkdir(bench.out))), /EISDIR/],
  ])("that is %s is reported as unreadable, with the reason, and left alone", async (_, damage, reason) => {
    bench.start(["--out", bench.out]);
    await bench.inPlace();
    await damage();
    await eventually(() =>
      expect(bench.lastReport()).toMatchObject({ digest: null, unreadable: expect.stringMatching(reason) }),
    );
    expect(JSON.stringify(bench.far.reported)).not.toContain("sk-1234");
  });

  test("that is missing when the agent starts is written", async () => {
    await startAndStop();
    await rm(bench.out);
    bench.start(["--out", bench.out]);
    await bench.inPlace();
  });

  test("that cannot be written is said once; it is tried again", async () => {
    await mkdir(bench.out);
    const agent = bench.start(["--out", bench.out]);
    await eventually(() => expect(agent.said[0]).toMatch(/cannot be written: /));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ unreadable: expect.stringContaining("EISDIR") }));
    await rm(bench.out, { recursive: true });
    agent.pass("SIGHUP");
    await bench.inPlace();
    expect(agent.said).toHaveLength(2);
  });

  async function startAndStop(): Promise<void> {
    const agent = bench.start(["--out", bench.out]);
    await bench.inPlace();
    await agent.stop();
  }
});

test("while Plumbline is away, the last good configuration serves a new start", async () => {
  const before = bench.start(["--out", bench.out]);
  await bench.inPlace();
  await before.stop();
  await rm(bench.out);
  bench.far.configuration = answering(503, "");
  const agent = bench.start(["--out", bench.out]);
  await eventually(async () => expect(await documentIn(bench.out)).toEqual(first));
  expect(agent.said).toContain("Plumbline does not answer; going on with the last good configuration");
});

describe("once", () => {
  test("writes, reports, says goodbye and ends", async () => {
    expect(await bench.start(["--out", bench.out, "--once"]).ended).toEqual({ code: 0 });
    expect(await documentIn(bench.out)).toEqual(first);
    expect(bench.far.reported.map(({ stopping }) => stopping)).toEqual([undefined, true]);
  });

  test("with an edited file leaves it, and says so", async () => {
    await bench.start(["--out", bench.out, "--once"]).ended;
    await bench.edit();
    expect(await bench.start(["--out", bench.out, "--once"]).ended).toMatchObject({
      code: 1,
      error: expect.stringMatching(/not what is/),
    });
    expect(await documentIn(bench.out)).toEqual(edited);
  });

  test("without a configuration fails", async () => {
    bench.far.configuration = answering(404, "");
    expect(await bench.start(["--out", bench.out, "--once"]).ended).toMatchObject({
      code: 1,
      error: "There is no configuration",
    });
  });
});
