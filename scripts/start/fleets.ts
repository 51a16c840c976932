import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

export type FleetsOptions = {
  readonly root: string;
  /** Of the console. */
  readonly url: string;
  /** The fleets' credentials; without them nothing is started. */
  readonly file: string;
};

/** Lets the demo organisation's runtimes report, in a process of its own. @returns how to end it */
export function startFleets({ root, url, file }: FleetsOptions): () => void {
  if (!existsSync(file) || process.env.PLUMBLINE_DEMO_FLEETS === "off") return () => undefined;
  const child = spawn(process.execPath, [join(root, "scripts/demo-fleets.ts")], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, PLUMBLINE_URL: url, PLUMBLINE_DEMO_FLEETS: file },
  });
  return () => {
    child.kill("SIGTERM");
  };
}
