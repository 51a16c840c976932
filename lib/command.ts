import type { z } from "zod";
import type { Actor, Scope } from "#lib/access/actor.ts";
import { assertMay, mayAnywhere } from "#lib/access/may.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { attemptedPlace } from "#lib/audit/denial.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import { readInput } from "#lib/input.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database, isWriteConflict, type Reader, type Tx } from "#lib/platform/db.ts";
import { answerOnce } from "#lib/platform/idempotency.ts";

/** Where the HTTP API offers it, below /api/v1. `{name}` segments become input fields. */
export type HttpRoute = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: `/${string}`;
};

/** What a command or query says of itself; the HTTP endpoint, the OpenAPI document and the audit entry come from it. */
export type Spec<S extends z.ZodType> = {
  /** `noun.verb` */
  readonly name: `${string}.${string}`;
  /** The permission it needs; `anyone`: no more than to be signed in. */
  readonly may: Permission | "anyone";
  /**
   * For what the permission is needed. everywhere: for the whole installation · anywhere: for any system at all,
   * because the answer is narrowed to what the actor may see · or a function that finds the scope from the input.
   */
  readonly on: "everywhere" | "anywhere" | ((context: { tx: Reader; input: z.output<S> }) => Promise<Scope> | Scope);
  readonly input: S;
  /** One sentence for the API's documentation. */
  readonly summary: string;
  readonly http?: HttpRoute;
  /** Its input or its answer holds a secret. An Idempotency-Key is refused, because its record would keep the secret. */
  readonly holdsSecret?: true;
  /** Of a query: what is said of one thing that is not there, and in the same words of one that the actor may not read. */
  readonly missing?: (input: z.output<S>) => string;
};

export type CommandContext<I> = { readonly tx: Tx; readonly actor: Actor; readonly now: Date; readonly input: I };

/** What a command did. Without an audit line it does not compile. */
export type Outcome<R> = {
  readonly result: R;
  readonly audit: readonly [AuditLine, ...AuditLine[]];
  /** What must leave the process once this is committed. `lane`: what goes to the same far end, which may be slow. */
  readonly outbox?: readonly { readonly topic: string; readonly payload: Json; readonly lane?: string }[];
  /** Who should know, in their inbox. */
  readonly notify?: readonly {
    readonly personId: string;
    readonly kind: string;
    readonly text: string;
    readonly href: string;
  }[];
};

export type RunOptions = {
  /** The clock; only jobs, the demo organisation and tests set it. */
  readonly now?: Date;
  /** The caller's Idempotency-Key: a repeat with the same input gets the first answer and changes nothing. */
  readonly idempotencyKey?: string;
};

export type Command<S extends z.ZodType, R> = {
  (actor: Actor, raw: unknown, options?: RunOptions): Promise<R>;
  readonly kind: "command";
  readonly spec: Spec<S>;
};

const ATTEMPTS = 4;

/**
 * The one door for change: parse, authorise, then in one transaction decide, write and append the audit events.
 * @throws Refusal for every expected "no"; anything else is a bug or an outage
 */
export function command<S extends z.ZodType, R>(
  spec: Spec<S>,
  handle: (context: CommandContext<z.output<S>>) => Promise<Outcome<R>>,
): Command<S, R> {
  async function run(actor: Actor, raw: unknown, options: RunOptions = {}): Promise<R> {
    const input = readInput(spec.input, raw);
    if (spec.holdsSecret && options.idempotencyKey !== undefined) {
      throw new Refusal("invalid", `${spec.name} takes no Idempotency-Key, because its secret must not be kept`);
    }
    const now = options.now ?? new Date();
    const context = { actor, now, input };
    try {
      if (spec.may !== "anyone" && !mayAnywhere(actor, spec.may)) assertMay(actor, spec.may);
      return await transact(spec, { context, key: options.idempotencyKey }, handle);
    } catch (error) {
      if (error instanceof Refusal && error.code === "forbidden") await recordDenial(spec, context, error);
      throw error;
    }
  }
  return Object.assign(run, { kind: "command" as const, spec });
}

type Run<I> = { readonly context: Omit<CommandContext<I>, "tx">; readonly key: string | undefined };

async function transact<S extends z.ZodType, R>(
  spec: Spec<S>,
  { context, key }: Run<z.output<S>>,
  handle: (context: CommandContext<z.output<S>>) => Promise<Outcome<R>>,
): Promise<R> {
  const attempt = () =>
    database().$transaction(
      async (tx) => {
        await authorise(spec, context.actor, { tx, input: context.input });
        const act = async () => {
          const outcome = await handle({ ...context, tx });
          await appendAudit(tx, { actor: context.actor, command: spec.name, now: context.now }, outcome.audit);
          await enqueue(tx, outcome, context.now);
          return outcome.result;
        };
        if (key === undefined) return act();
        return answerOnce(
          tx,
          { actorId: context.actor.id, key, command: spec.name, input: context.input, now: context.now },
          act,
        );
      },
      { maxWait: 10_000, timeout: 30_000 },
    );
  for (let left = ATTEMPTS - 1; left > 0; left--) {
    try {
      return await attempt();
    } catch (error) {
      // A deadlock or serialisation failure says nothing about the request: the same transaction may succeed now.
      if (!isWriteConflict(error)) throw error;
    }
  }
  return attempt();
}

/** Checks the permission of a command or query for its exact scope. @throws Refusal `forbidden` */
export async function authorise<S extends z.ZodType>(
  spec: Spec<S>,
  actor: Actor,
  context: { tx: Reader; input: z.output<S> },
): Promise<void> {
  if (spec.may === "anyone") return;
  if (spec.on === "anywhere") {
    if (!mayAnywhere(actor, spec.may)) assertMay(actor, spec.may);
    return;
  }
  assertMay(actor, spec.may, spec.on === "everywhere" ? {} : await spec.on(context));
}

async function enqueue<R>(tx: Tx, outcome: Outcome<R>, now: Date): Promise<void> {
  const notices = (outcome.notify ?? []).map((notice) => ({ ...notice, id: newId(now), createdAt: now }));
  if (notices.length > 0) await tx.notification.createMany({ data: notices });
  const leaving: NonNullable<Outcome<R>["outbox"]> = [
    ...(outcome.outbox ?? []),
    ...notices.map(({ id }) => ({ topic: "notification", payload: { notificationId: id } })),
  ];
  if (leaving.length > 0) {
    await tx.outbox.createMany({
      data: leaving.map(({ topic, payload, lane }) => ({ topic, lane, payload: payload ?? {}, createdAt: now })),
    });
  }
}

/** Auditors look for refused attempts too; the attempt itself was rolled back, so this is a transaction of its own. */
async function recordDenial<S extends z.ZodType>(
  spec: Spec<S>,
  { actor, now, input }: Run<z.output<S>>["context"],
  refusal: Refusal,
): Promise<void> {
  const { name } = spec;
  await database().$transaction(async (tx) => {
    const scope = await scopeOf(spec, { tx, input });
    await appendAudit(tx, { actor, command: name, now }, [
      {
        action: "access.denied",
        subject: { type: "command", id: name },
        summary: `${actor.name} was refused ${name}: ${refusal.message}`,
        ...(await attemptedPlace(tx, { command: name, scope }, input)),
      },
    ]);
  });
}

/** What the permission is asked for; nothing for what does not exist. */
async function scopeOf<S extends z.ZodType>(
  { on }: Spec<S>,
  context: { tx: Reader; input: z.output<S> },
): Promise<Scope> {
  if (typeof on === "string") return {};
  try {
    return await on(context);
  } catch (error) {
    if (error instanceof Refusal) return {};
    throw error;
  }
}
