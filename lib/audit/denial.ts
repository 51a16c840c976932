import { z } from "zod";
import type { AuditLine } from "#lib/audit/model.ts";
import type { Reader } from "#lib/platform/db.ts";

/** The fields by which inputs everywhere name a place: a request by its number, a system and an environment by slug. */
const Place = z.object({
  number: z.number().optional().catch(undefined),
  system: z.string().optional().catch(undefined),
  environment: z.string().optional().catch(undefined),
});

export type AttemptedPlace = Pick<AuditLine, "systemId" | "environment" | "changeRequestId">;

/** What a refused attempt was about, as far as its input names it, so that it is found with the rest of that history. */
export async function attemptedPlace(reader: Reader, input: unknown): Promise<AttemptedPlace> {
  const { success, data } = Place.safeParse(input);
  if (!success) return {};
  if (data.number !== undefined) {
    const change = await reader.changeRequest.findUnique({
      where: { number: data.number },
      select: { id: true, systemId: true },
    });
    return change ? { systemId: change.systemId, changeRequestId: change.id } : {};
  }
  if (data.system === undefined) return {};
  const system = await reader.system.findUnique({ where: { slug: data.system }, select: { id: true } });
  if (!system) return {};
  return { systemId: system.id, ...(data.environment !== undefined && { environment: data.environment }) };
}
