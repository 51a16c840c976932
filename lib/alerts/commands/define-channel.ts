import { z } from "zod";
import { changesDetail } from "#lib/audit/detail.ts";
import { command } from "#lib/command.ts";
import type { Json } from "#lib/kernel/json.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Reader } from "#lib/platform/db.ts";
import { environmentBySlug, systemBySlug } from "#lib/systems/store.ts";
import { assertFarEnd } from "../address.ts";
import { allowedNetworks } from "../far-end.ts";
import { ChangeChannel, CreateChannel } from "../input.ts";
import { type ChannelKind, channelKindOf } from "../model.ts";
import { shownAddress } from "../rules.ts";
import { channelLine, ofChannel } from "../scope.ts";
import { newSigningSecret } from "../signing.ts";
import { insertChannel, loadChannel, updateChannel } from "../store.ts";

/** What the log keeps of a channel. */
type Described = {
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly environments: readonly string[];
  readonly topics: readonly string[];
  readonly minimumSeverity: string;
};

function described({ name, kind, address, environments, topics, minimumSeverity }: Described): Json {
  return {
    name,
    kind,
    address: shownAddress(channelKindOf(kind), address),
    environments: [...environments],
    topics: [...topics],
    minimumSeverity,
  };
}

/** @throws Refusal `invalid` saying what an address of that kind looks like */
function assertAddress(kind: ChannelKind, address: string): void {
  if (kind !== "email") {
    assertFarEnd(address, allowedNetworks());
  } else if (!z.email().safeParse(address).success) {
    const message = "This is not an e-mail address; it looks like oncall@example.org";
    throw new Refusal("invalid", message, { fields: { address: [message] } });
  }
}

async function assertEnvironments(reader: Reader, systemId: string | null, slugs: readonly string[]): Promise<void> {
  if (systemId === null) return;
  for (const slug of slugs) await environmentBySlug(reader, systemId, slug);
}

/** Makes a channel. The answer of a webhook holds its signing secret, once. */
export const createChannel = command(
  {
    name: "alert-channel.create",
    may: "alert:manage",
    on: async ({ tx, input }) =>
      input.system === undefined ? {} : { systemId: (await systemBySlug(tx, input.system)).id },
    input: CreateChannel,
    summary: "Send alerts by e-mail, webhook or Slack; a webhook's answer is the only time its secret is shown",
    http: { method: "POST", path: "/alert-channels" },
    holdsSecret: true,
  },
  async ({ tx, actor, now, input }) => {
    assertAddress(input.kind, input.address);
    const { system, ...rest } = input;
    const systemId = system === undefined ? null : (await systemBySlug(tx, system)).id;
    await assertEnvironments(tx, systemId, input.environments);
    const secret = input.kind === "webhook" ? newSigningSecret() : null;
    const id = await insertChannel(tx, { ...rest, secret, systemId, createdBy: actor.name }, now);
    return {
      result: { id, secret },
      audit: [
        channelLine(
          { id, systemId, environments: input.environments },
          {
            action: "alert_channel.created",
            summary: `${actor.name} made the alert channel ${input.name} (${input.kind})`,
            detail: changesDetail({}, described(input)),
          },
        ),
      ],
    };
  },
);

/** Changes what a channel is told, and where it leads. Its kind and its system stay. */
export const changeChannel = command(
  {
    name: "alert-channel.change",
    may: "alert:manage",
    on: ofChannel,
    input: ChangeChannel,
    summary: "Change the name, address or filter of an alert channel",
    http: { method: "PUT", path: "/alert-channels/{channelId}" },
  },
  async ({ tx, actor, input }) => {
    const { channelId, revision, address, ...filter } = input;
    const before = await loadChannel(tx, channelId);
    if (address !== undefined) assertAddress(channelKindOf(before.kind), address);
    await assertEnvironments(tx, before.systemId, filter.environments);
    const after = { ...before, ...filter, ...(address !== undefined && { address }) };
    await updateChannel(tx, { id: channelId, revision }, { ...filter, ...(address !== undefined && { address }) });
    return {
      result: { id: channelId, revision: revision + 1 },
      audit: [
        channelLine(after, {
          action: "alert_channel.changed",
          summary: `${actor.name} changed the alert channel ${after.name}`,
          detail: changesDetail(described(before), described(after)),
        }),
      ],
    };
  },
);
