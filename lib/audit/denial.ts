import { z } from "zod";
import type { Scope } from "#lib/access/actor.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import type { Reader } from "#lib/platform/db.ts";

/** The fields by which inputs name what they are about. Of what else a number is depends on the command. */
const Named = z.object({
  number: z.number().optional().catch(undefined),
  system: z.string().optional().catch(undefined),
  environment: z.string().optional().catch(undefined),
  incident: z.string().optional().catch(undefined),
});

type AttemptedPlace = Pick<AuditLine, "systemId" | "environment" | "changeRequestId" | "incident">;

/** Commands whose `number` is that of a request, and those whose `number` is that of a hot-patch. */
const aboutRequests = /^(change|gate)\./;
const aboutHotPatches = /^(hotPatch|followUp)\./;

/**
 * What a refused attempt was about, so that it is found with the rest of that history: as far as its input names it, and
 * the scope for which the command wanted its permission.
 */
export async function attemptedPlace(
  reader: Reader,
  { command, scope }: { readonly command: string; readonly scope: Scope },
  input: unknown,
): Promise<AttemptedPlace> {
  const { data: named = {} } = Named.safeParse(input);
  const { number } = named;
  if (number !== undefined && aboutRequests.test(command)) {
    const change = await reader.changeRequest.findUnique({ where: { number }, select: { id: true, systemId: true } });
    return change ? { systemId: change.systemId, changeRequestId: change.id } : {};
  }
  if (number !== undefined && aboutHotPatches.test(command)) {
    const patch = await reader.hotPatch.findUnique({ where: { number }, select: { incident: true } });
    return { ...scope, ...(patch && { incident: patch.incident }) };
  }
  const incident = named.incident === undefined ? {} : { incident: named.incident };
  if (scope.systemId !== undefined || named.system === undefined) return { ...scope, ...incident };
  const system = await reader.system.findUnique({ where: { slug: named.system }, select: { id: true } });
  if (!system) return {};
  return {
    systemId: system.id,
    ...(named.environment !== undefined && { environment: named.environment }),
    ...incident,
  };
}
