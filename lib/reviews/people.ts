import type { Actor } from "#lib/access/actor.ts";
import { actorOfRow, actorSelect } from "#lib/accounts/actors.ts";
import type { Reader } from "#lib/platform/db.ts";
import { coverageOf } from "./approvals.ts";
import type { ChangeRequest, Voice } from "./model.ts";
import type { Speaker } from "./rules.ts";

/** The person for whom an actor speaks: a token speaks for its owner, so that it cannot launder their authorship. */
export async function speakerOf(reader: Reader, actor: Actor): Promise<Speaker> {
  if (actor.kind !== "token") return { actor, personId: actor.id };
  const [personId] = await ownersOf(reader, [actor.id]);
  return { actor, personId: personId ?? actor.id };
}

/** Each id of a token as its owner's; other ids as they are. */
export async function ownersOf(reader: Reader, ids: readonly string[]): Promise<readonly string[]> {
  const uuids = ids.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const tokens = await reader.apiToken.findMany({ where: { id: { in: uuids } }, select: { id: true, ownerId: true } });
  const ownerOf = new Map(tokens.map((token) => [token.id, token.ownerId]));
  return [...new Set(ids.map((id) => ownerOf.get(id) ?? id))];
}

/** These people as they are now. */
export async function voicesOf(reader: Reader, ids: readonly string[], now: Date): Promise<readonly Voice[]> {
  if (ids.length === 0) return [];
  const rows = await reader.person.findMany({ where: { id: { in: [...new Set(ids)] } }, select: actorSelect });
  return rows.map((row) => voiceOf(row, now));
}

/** Everyone active who may give the request an approval that counts somewhere. */
export async function possibleApprovers(
  reader: Reader,
  request: Pick<ChangeRequest, "systemId" | "environments" | "contributors">,
  now: Date,
): Promise<readonly Voice[]> {
  const rows = await reader.person.findMany({
    where: { deactivatedAt: null, id: { notIn: request.contributors.filter((id) => /^[0-9a-f-]{36}$/.test(id)) } },
    select: actorSelect,
    orderBy: { name: "asc" },
  });
  return rows
    .map((row) => voiceOf(row, now))
    .filter((voice) => coverageOf(voice, request.systemId, request.environments).length > 0);
}

type VoiceRow = Parameters<typeof actorOfRow>[0] & { readonly deactivatedAt: Date | null };

function voiceOf(row: VoiceRow, now: Date): Voice {
  const { id, name, grants, groups } = actorOfRow(row, { channel: "job", now });
  return { id, name, grants, groups, isActive: row.deactivatedAt === null };
}
