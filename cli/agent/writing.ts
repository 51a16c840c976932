import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { JsonObject } from "#lib/kernel/json.ts";
import { decide } from "./decide.ts";
import type { Memory } from "./memory.ts";
import { type Target, thereOf } from "./targets.ts";

/** A configuration that has to be where the program reads it. */
export type Declared = { readonly document: JsonObject; readonly digest: string };

export type Writing = {
  /** Writes what has to be written; resolves to whether anything was. Never throws. */
  readonly settle: (declared: Declared) => Promise<boolean>;
  /** Writes whatever is not as declared, because somebody asked for it. */
  readonly restore: (declared: Declared) => Promise<boolean>;
  /** Makes the folders, so that they can be watched. */
  readonly prepare: () => Promise<void>;
};

export function writingTo(targets: readonly Target[], memory: Memory, say: (text: string) => void): Writing {
  const said = new Set<string>();
  let isStart = true;

  /** A sentence is said once, until something was written. */
  function sayOnce(text: string): void {
    if (!said.has(text)) say(text);
    said.add(text);
  }

  async function write(target: Target, declared: Declared, why: string): Promise<boolean> {
    const obstacle = target.obstacle(declared.document);
    if (obstacle !== undefined) {
      sayOnce(`${target.path} cannot carry ${declared.digest}: ${obstacle}`);
      return false;
    }
    try {
      await target.write(declared.document);
      say(`Wrote ${declared.digest} to ${target.path}${why}`);
      return true;
    } catch (error) {
      sayOnce(`${target.path} cannot be written: ${reasonOf(error)}`);
      return false;
    }
  }

  /** What became of one file. */
  async function bring(target: Target, declared: Declared, isAsked: boolean): Promise<"left" | "written" | "failed"> {
    const written = await memory.written();
    const there = thereOf(await target.read(declared.document));
    const decision = decide({ there, written, declared: declared.digest, isStart });
    if (decision.kind === "leave") return "left";
    if (decision.kind === "keep" && !isAsked) {
      sayOnce(`${target.path} is not as declared; it is reported, and left as it is`);
      return "left";
    }
    const isReplacing = decision.kind === "write" && decision.replacesEdit;
    const why = isAsked ? ", to restore it" : isReplacing ? ", in place of what was changed there" : "";
    return (await write(target, declared, why)) ? "written" : "failed";
  }

  async function bringAll(declared: Declared, isAsked: boolean): Promise<boolean> {
    const results: ("left" | "written" | "failed")[] = [];
    for (const target of targets) results.push(await bring(target, declared, isAsked));
    if (results.includes("written")) said.clear();
    if (!results.includes("failed")) {
      isStart = false;
      await memory
        .remember(declared.digest)
        .catch((error: unknown) => sayOnce(`What was written cannot be remembered: ${reasonOf(error)}`));
    }
    return results.includes("written");
  }

  return {
    settle: (declared) => bringAll(declared, false),
    restore: (declared) => bringAll(declared, true),
    prepare: async () => {
      for (const { path } of targets) {
        await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => sayOnce(reasonOf(error)));
      }
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
