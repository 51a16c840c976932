import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/kernel/digest.ts";
import { answering, serving } from "../../sdk/testing/fake.ts";
import type { Result } from "../command.ts";
import { aBench, edited, eventually, first, second } from "./testing/bench.ts";

const bench = aBench();

describe("a program", () => {
  const record = (line: string) => [
    "--",
    "/bin/sh",
    "-c",
    `${line}; trap 'echo hup >> log' HUP; trap 'exit 3' TERM; while :; do sleep 0.05; done`,
  ];
  const logged = () => readFile(join(bench.folder, "log"), "utf8").catch(() => "");
  const temperature = 'cd "$FOLDER"; echo "$APP_SAMPLING_TEMPERATURE" >> log';

  test("has the configuration in its environment, is healthy, and is started anew for another", async () => {
    const agent = bench.start(["--env", "--env-prefix", "APP_", ...record(temperature)], { FOLDER: bench.folder });
    await eventually(async () => expect(await logged()).toBe("0.2\n"));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ health: "ok", digest: digestOf(first) }));
    await eventually(() => expect(bench.far.openStreams()).toBe(1));
    bench.declare(second);
    await eventually(async () => expect(await logged()).toBe("0.2\n0.4\n"));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(second) }));
    agent.pass("SIGTERM");
    expect(await agent.ended).toMatchObject({ code: 3 });
    expect(bench.lastReport()).toMatchObject({ stopping: true });
  });

  test("whose own environment says something else runs that, and it is reported", async () => {
    bench.start(["--env", "--env-prefix", "APP_", ...record(temperature)], {
      FOLDER: bench.folder,
      APP_SAMPLING_TEMPERATURE: "0.9",
    });
    await eventually(async () => expect(await logged()).toBe("0.9\n"));
    await eventually(() => expect(bench.lastReport()).toMatchObject({ digest: digestOf(edited) }));
  });

  test("that cannot be started with what is declared is not reported as if it ran, and that is said once", async () => {
    bench.declare({ node: { options: "--import /tmp/x.js" } });
    const agent = bench.start(["--env", ...record('cd "$FOLDER"; echo up >> log')], { FOLDER: bench.folder });
    await eventually(() => expect(bench.lastReport()).toMatchObject({ unreadable: "The program was not started" }));
    agent.pass("SIGHUP");
    await agent.stop();
    expect(agent.said.filter((text) => text.includes("NODE_OPTIONS, which steers what is run"))).toHaveLength(1);
    expect(await logged()).toBe("");
  });

  test("has the agent's environment, but not its token", async () => {
    const script = 'cd "$FOLDER"; echo "[$PLUMBLINE_TOKEN] $COLOUR" >> log';
    const agent = bench.start(["--out", bench.out, "--", "/bin/sh", "-c", script], {
      FOLDER: bench.folder,
      COLOUR: "red",
    });
    expect(await agent.ended).toEqual({ code: 0 });
    expect(await logged()).toBe("[] red\n");
  });

  test("may be told by SIGHUP, or left to see for itself", async () => {
    bench.start(["--out", bench.out, "--on-change", "hup", "--exec", ...record('cd "$FOLDER"; echo up >> log')], {
      FOLDER: bench.folder,
    });
    await bench.inPlace();
    await eventually(async () => expect(await logged()).toBe("up\n"));
    bench.declare(second);
    await eventually(async () => expect(await logged()).toBe("up\nhup\n"));
  });

  test("that has a child of its own, as npx has, is stopped with it", async () => {
    const inner = "echo $$ >> pids; while :; do sleep 0.05; done";
    const outer = `cd "$FOLDER"; /bin/sh -c '${inner}' & trap 'exit 3' TERM; wait`;
    const agent = bench.start(["--out", bench.out, "--", "/bin/sh", "-c", outer], { FOLDER: bench.folder });
    const pids = async () => (await readFile(join(bench.folder, "pids"), "utf8").catch(() => "")).trim().split("\n");
    const isRunning = (pid: string | undefined) => existsSync(`/proc/${pid}`);
    await eventually(async () => expect(isRunning((await pids())[0] || "none")).toBe(true));
    bench.declare(second);
    await eventually(async () => expect(await pids()).toHaveLength(2));
    const [first, last] = await pids();
    await eventually(() => expect(isRunning(first)).toBe(false));
    agent.pass("SIGTERM");
    expect(await agent.ended).toEqual({ code: 3 });
    await eventually(() => expect(isRunning(last)).toBe(false));
  });

  test("is not started before there is a configuration", async () => {
    bench.far.configuration = answering(404, "");
    const agent = bench.start(["--out", bench.out, ...record('cd "$FOLDER"; echo up >> log')], {
      FOLDER: bench.folder,
    });
    await eventually(() => expect(agent.said).toContain("There is no configuration yet; waiting for one"));
    expect(await logged()).toBe("");
    bench.far.configuration = serving(first);
    await eventually(async () => expect(await logged()).toBe("up\n"));
  });

  test.each<[string, readonly string[], Result]>([
    ["ends", ["/bin/sh", "-c", "exit 7"], { code: 7 }],
    ["is killed", ["/bin/sh", "-c", "kill -9 $$"], { code: 137 }],
    ["cannot be run", ["/not/there"], { code: 127, error: expect.stringMatching(/not\/there cannot be run/) }],
  ])("that %s ends the agent with its code", async (_, command, result) => {
    expect(await bench.start(["--out", bench.out, "--", ...command]).ended).toMatchObject(result);
  });
});
