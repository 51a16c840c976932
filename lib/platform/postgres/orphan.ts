import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Cluster, dataOf } from "./cluster.ts";

const fastLimit = 15_000;

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  }
}

function isPostgresOf(pid: number, data: string): boolean {
  const command = commandOf(pid);
  return command.includes("postgres") && command.includes(data);
}

/**
 * Ends a PostgreSQL that a killed run left on this data folder, and removes its note where the process id has passed
 * to another program, which PostgreSQL itself would take for a running server.
 */
export async function stopOrphan(cluster: Cluster): Promise<void> {
  const data = dataOf(cluster);
  const note = join(data, "postmaster.pid");
  if (!existsSync(note)) return;
  const pid = Number.parseInt(readFileSync(note, "utf8"), 10);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (isPostgresOf(pid, data)) {
    process.kill(pid, "SIGINT");
    const limit = Date.now() + fastLimit;
    while (isPostgresOf(pid, data)) {
      // An immediate shutdown: the next start replays the log, and nothing committed is lost.
      if (Date.now() > limit) process.kill(pid, "SIGQUIT");
      await pause(50);
    }
    return;
  }
  rmSync(note, { force: true });
}
