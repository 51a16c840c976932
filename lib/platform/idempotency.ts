import { canonicalJson } from "#lib/kernel/canonical.ts";
import { sha256 } from "#lib/kernel/digest.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Tx } from "#lib/platform/db.ts";

type Request = {
  readonly actorId: string;
  readonly key: string;
  readonly command: string;
  readonly input: unknown;
  readonly now: Date;
};

/** A value as it travels: dates as text, nothing undefined. */
function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/**
 * Runs `act` once for each key of an actor; a repeat gets the first answer (IETF draft httpapi-idempotency-key-header).
 * A rival with the same key waits on the row until the first one commits.
 * @throws Refusal `conflict` when the key was used for something else
 */
export async function answerOnce<R>(tx: Tx, request: Request, act: () => Promise<R>): Promise<R> {
  const { actorId, key, command } = request;
  const inputHash = sha256(canonicalJson(asJson(request.input))).toString("hex");
  const claimed = await tx.$executeRaw`
    INSERT INTO idempotency_key (actor_id, key, command, input_hash, result, created_at)
    VALUES (${actorId}, ${key}, ${command}, ${inputHash}, 'null'::jsonb, ${request.now})
    ON CONFLICT DO NOTHING`;
  if (claimed === 0) {
    const first = await tx.idempotencyKey.findUniqueOrThrow({ where: { actorId_key: { actorId, key } } });
    if (first.command !== command || first.inputHash !== inputHash) {
      throw new Refusal("conflict", "This Idempotency-Key was used for another request; use a new key");
    }
    return first.result as R;
  }
  const result = await act();
  await tx.idempotencyKey.update({ where: { actorId_key: { actorId, key } }, data: { result: asJson(result) ?? {} } });
  return result;
}
