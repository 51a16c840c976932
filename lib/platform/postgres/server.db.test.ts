import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startTestServer } from "../testing/server.ts";

async function until(isTrue: () => boolean): Promise<boolean> {
  for (let left = 100; left > 0; left--) {
    if (isTrue()) return true;
    await pause(100);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("PostgreSQL ends with the process that started it, even one that was killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plumbline-killed-"));
  const started = join(folder, "started.json");
  const script = `
    import { writeFileSync, renameSync } from "node:fs";
    import { startTestServer } from "#lib/platform/testing/server.ts";
    const { pid, folder } = await startTestServer();
    writeFileSync(${JSON.stringify(`${started}.new`)}, JSON.stringify({ pid, folder }));
    renameSync(${JSON.stringify(`${started}.new`)}, ${JSON.stringify(started)});
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: process.cwd(), stdio: "ignore" });
  expect(await until(() => existsSync(started))).toBe(true);
  const server: { pid: number; folder: string } = JSON.parse(readFileSync(started, "utf8"));
  expect(isAlive(server.pid)).toBe(true);
  child.kill("SIGKILL");
  expect(await until(() => !isAlive(server.pid))).toBe(true);
  for (const path of [folder, server.folder]) rmSync(path, { recursive: true, force: true });
});

test("a server that was stopped leaves no folder behind", async () => {
  const server = await startTestServer();
  expect(existsSync(server.folder)).toBe(true);
  await server.stop();
  expect(existsSync(server.folder)).toBe(false);
});
