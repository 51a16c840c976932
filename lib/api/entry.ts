import type { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import type { RunOptions, Spec } from "#lib/command.ts";

type Callable = {
  (actor: Actor, raw: unknown, options?: RunOptions): Promise<unknown>;
  readonly kind: "command" | "query";
  readonly spec: Spec<z.ZodType>;
};

/** A command or query as the API sees it, whatever it takes and returns. */
export type Entry = {
  readonly kind: "command" | "query";
  readonly spec: Spec<z.ZodType>;
  readonly run: (actor: Actor, raw: unknown, options?: RunOptions) => Promise<unknown>;
};

function isCallable(value: unknown): value is Callable {
  return typeof value === "function" && "spec" in value && "kind" in value;
}

/** The commands and queries among what a module exports. */
export function entriesOf(modules: readonly Readonly<Record<string, unknown>>[]): readonly Entry[] {
  return modules
    .flatMap((module) => Object.values(module))
    .filter(isCallable)
    .map((run) => ({ kind: run.kind, spec: run.spec, run }));
}
