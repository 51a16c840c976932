import type { z } from "zod";
import type { Actor } from "#lib/access/actor.ts";
import { authorise, type Spec } from "#lib/command.ts";
import { readInput } from "#lib/input.ts";
import { type Db, database } from "#lib/platform/db.ts";

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
    await authorise(spec, actor, { tx: db, input });
    return read({ db, actor, now: options.now ?? new Date(), input });
  }
  return Object.assign(run, { kind: "query" as const, spec });
}
