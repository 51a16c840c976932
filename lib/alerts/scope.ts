import type { Scope } from "#lib/access/actor.ts";
import type { AuditLine } from "#lib/audit/model.ts";
import type { Reader } from "#lib/platform/db.ts";
import { type ChannelRow, loadChannel } from "./store.ts";

/** The scope of a command about one channel: its system, or everywhere. @throws Refusal `not_found` */
export async function ofChannel({ tx, input }: { tx: Reader; input: { channelId: string } }): Promise<Scope> {
  const { systemId } = await loadChannel(tx, input.channelId);
  return systemId === null ? {} : { systemId };
}

type Told = Pick<AuditLine, "action" | "summary" | "reason" | "detail">;

/** An event about a channel, with the system and, where there is just one, the environment that it is for. */
export function channelLine(channel: Pick<ChannelRow, "id" | "systemId" | "environments">, told: Told): AuditLine {
  const [environment, ...others] = channel.environments;
  return {
    ...told,
    subject: { type: "alert_channel", id: channel.id },
    ...(channel.systemId !== null && { systemId: channel.systemId }),
    ...(environment !== undefined && others.length === 0 && { environment }),
  };
}
