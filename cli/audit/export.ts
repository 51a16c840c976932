import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Api, ask } from "../api.ts";
import type { Result } from "../command.ts";

type State = {
  readonly checkpoint: { readonly note: string; readonly size: number } | null;
  readonly keys: readonly string[];
};

/** Writes the log, its newest checkpoint and its public keys into a folder. */
export async function exportLog(api: Api, folder: string, from: number): Promise<Result> {
  const log = await ask(api, `/audit/log/export?from=${from}`);
  if ("failure" in log) return { code: 1, error: log.failure };
  const state = await ask(api, "/audit/log");
  if ("failure" in state) return { code: 1, error: state.failure };
  const { checkpoint, keys } = (await state.json()) as State;
  await mkdir(folder, { recursive: true });
  if (log.body) await pipeline(Readable.from(log.body), createWriteStream(join(folder, "audit-log.ndjson")));
  if (checkpoint) await writeFile(join(folder, "checkpoint.txt"), checkpoint.note);
  await writeFile(join(folder, "keys.txt"), `${keys.join("\n")}\n`);
  const key = keys.at(-1) ?? "<public key>";
  return {
    code: 0,
    output: [
      `Wrote the audit log from index ${from} to ${folder}`,
      "Verify it with a public key that you had before, not with the one in keys.txt:",
      `  plumbline audit verify ${folder} --key '${key}'`,
    ].join("\n"),
  };
}

/** Writes the portable proof of one event. */
export async function exportProof(api: Api, id: string, file: string): Promise<Result> {
  const answer = await ask(api, `/audit/events/${encodeURIComponent(id)}/proof`);
  if ("failure" in answer) return { code: 1, error: answer.failure };
  const { proof } = (await answer.json()) as { readonly proof: string };
  await writeFile(file, proof);
  return { code: 0, output: `Wrote the proof of event ${id} to ${file}` };
}
