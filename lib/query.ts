import type { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { authorise, type Spec } from "#lib/command.ts";
import { readInput } from "#lib/input.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Db, database, type Reader } from "#lib/platform/db.ts";

export type QueryContext<I> = { readonly db: Db; readonly actor: Actor; readonly now: Date; readonly input: I };

export type Query<S extends z.ZodType, R> = {
  (actor: Actor, raw: unknown, options?: { readonly now?: Date }): Promise<R>;
  readonly kind: "query";
  readonly spec: Spec<S>;
};

/**
 * An authorised read that returns what one screen shows.
 * @throws Refusal `forbidden`, `not_found` or `invalid`
 */
export function query<S extends z.ZodType, R>(
  spec: Spec<S>,
  read: (context: QueryContext<z.output<S>>) => Promise<R>,
): Query<S, R> {
  async function run(actor: Actor, raw: unknown, options: { readonly now?: Date } = {}): Promise<R> {
    const input = readInput(spec.input, raw);
    const db = database();
    await authoriseReading(spec, actor, { tx: db, input });
    return read({ db, actor, now: options.now ?? new Date(), input });
  }
  return Object.assign(run, { kind: "query" as const, spec });
}

/** Nobody learns from a refusal that something exists which they may not read. */
async function authoriseReading<S extends z.ZodType>(
  spec: Spec<S>,
  actor: Actor,
  context: { tx: Reader; input: z.output<S> },
): Promise<void> {
  try {
    await authorise(spec, actor, context);
  } catch (error) {
    const isHidden = error instanceof Refusal && (error.code === "forbidden" || error.code === "not_found");
    if (isHidden && spec.missing) throw new Refusal("not_found", spec.missing(context.input));
    throw error;
  }
}
