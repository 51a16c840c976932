import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { type Reader, refusingTaken, type Tx } from "#lib/platform/db.ts";
import type { ChannelKind } from "./model.ts";

export type ChannelRow = NonNullable<Awaited<ReturnType<Reader["alertChannel"]["findUnique"]>>>;

export type NewChannel = {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly secret: string | null;
  readonly systemId: string | null;
  readonly environments: readonly string[];
  readonly topics: readonly string[];
  readonly minimumSeverity: string;
  readonly createdBy: string;
};

const taken = "Another channel has this name; choose another";

/** @throws Refusal `conflict` when the name is taken */
export async function insertChannel(tx: Tx, channel: NewChannel, now: Date): Promise<string> {
  const id = newId(now);
  const { environments, topics, ...rest } = channel;
  await refusingTaken("alert_channel_name_key", taken, () =>
    tx.alertChannel.create({
      data: { ...rest, environments: [...environments], topics: [...topics], id, createdAt: now },
    }),
  );
  return id;
}

/** @throws Refusal `not_found` */
export async function loadChannel(reader: Reader, id: string): Promise<ChannelRow> {
  const channel = await reader.alertChannel.findUnique({ where: { id } });
  if (!channel) throw new Refusal("not_found", "There is no such channel");
  return channel;
}

export type ChannelPatch = {
  readonly name?: string;
  readonly address?: string;
  readonly environments?: string[];
  readonly topics?: string[];
  readonly minimumSeverity?: string;
  readonly secret?: string;
  readonly formerSecret?: string | null;
  readonly rotatedAt?: Date;
  readonly disabledAt?: Date | null;
  readonly disabledReason?: string | null;
};

/** Compare-and-set on the revision that was seen. @throws Refusal `conflict` */
export async function updateChannel(
  tx: Tx,
  seen: { readonly id: string; readonly revision: number },
  patch: ChannelPatch,
): Promise<void> {
  const { count } = await refusingTaken("alert_channel_name_key", taken, () =>
    tx.alertChannel.updateMany({
      where: { id: seen.id, revision: seen.revision },
      data: { ...patch, revision: seen.revision + 1 },
    }),
  );
  if (count === 0) throw new Refusal("conflict", "Someone else changed this channel first; reload to see their change");
}
