import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aFarEnd, type FakeFarEnd } from "../../sdk/testing/fake.ts";

let far: FakeFarEnd;
let folder: string;

beforeEach(async () => {
  far = await aFarEnd({ temperature: 0.2 });
  folder = mkdtempSync(join(tmpdir(), "plumbline-agent-process-"));
});

afterEach(() => far.close());

function plumbline(...args: readonly string[]) {
  const cli = join(import.meta.dirname, "../plumbline.ts");
  const child = spawn(process.execPath, [cli, "agent", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: "test", PLUMBLINE_URL: far.url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, code, output: text(child.stdout), error: text(child.stderr) };
}

test("its help tells a stranger what it does to files", async () => {
  const { code, output } = plumbline("--help");
  expect(await output).toMatch(/Changes by hand[\s\S]*does not undo[\s\S]*Exit codes/);
  expect(await code).toBe(0);
});

test.each([["--nonsense"], ["--out", "a.json"]])(
  "what it does not understand it says, with exit code 2: %s",
  async (...args) => {
    const { code, error } = plumbline(...args);
    expect(await error).toMatch(/nonsense|--token-file/);
    expect(await code).toBe(2);
  },
);

test("a signal goes to the program, and what that ended with is the exit code", async () => {
  await writeFile(join(folder, "token"), "plb_test\n");
  const script = "trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.05; done";
  const { child, code, output, error } = plumbline(
    ...["--token-file", "token", "--out", "config.json", "--", "/bin/sh", "-c", script],
  );
  await vi.waitFor(() => expect(far.reported.at(-1)).toMatchObject({ health: "ok" }), { timeout: 20_000 });
  child.kill("SIGTERM");
  expect(await code).toBe(5);
  expect(await output).toBe("up\nbye\n");
  expect(await error).toMatch(/^plumbline agent: Wrote sha256:/);
  expect(JSON.parse(await readFile(join(folder, "config.json"), "utf8"))).toEqual({ temperature: 0.2 });
  expect(far.reported.at(-1)).toMatchObject({ stopping: true });
  expect(far.asked[0]?.token).toBe("Bearer plb_test");
});
