import { changesDetail } from "#lib/audit/detail.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { DisableChannel, OneChannel, RetireChannel } from "../input.ts";
import { channelLine, ofChannel } from "../scope.ts";
import { loadChannel, updateChannel } from "../store.ts";

const ENABLED = { isEnabled: true };
const DISABLED = { isEnabled: false };

/** Sends a channel nothing any more; what waits for it is given up. */
export const disableChannel = command(
  {
    name: "alert-channel.disable",
    may: "alert:manage",
    on: ofChannel,
    input: DisableChannel,
    summary: "Send an alert channel nothing any more",
    http: { method: "POST", path: "/alert-channels/{channelId}/disable" },
  },
  async ({ tx, actor, now, input }) => {
    const channel = await loadChannel(tx, input.channelId);
    if (channel.disabledAt) throw new Refusal("conflict", "This channel is disabled already");
    await updateChannel(tx, channel, { disabledAt: now, disabledReason: input.reason });
    return {
      result: { id: channel.id },
      audit: [
        channelLine(channel, {
          action: "alert_channel.disabled",
          summary: `${actor.name} disabled the alert channel ${channel.name}`,
          reason: input.reason,
          detail: changesDetail(ENABLED, DISABLED),
        }),
      ],
    };
  },
);

/** Sends a channel alerts again: those that are raised from now on. */
export const enableChannel = command(
  {
    name: "alert-channel.enable",
    may: "alert:manage",
    on: ofChannel,
    input: OneChannel,
    summary: "Send a disabled alert channel alerts again",
    http: { method: "POST", path: "/alert-channels/{channelId}/enable" },
  },
  async ({ tx, actor, input }) => {
    const channel = await loadChannel(tx, input.channelId);
    if (!channel.disabledAt) throw new Refusal("conflict", "This channel is enabled already");
    await updateChannel(tx, channel, { disabledAt: null, disabledReason: null });
    return {
      result: { id: channel.id },
      audit: [
        channelLine(channel, {
          action: "alert_channel.enabled",
          summary: `${actor.name} enabled the alert channel ${channel.name}`,
          detail: changesDetail(DISABLED, ENABLED),
        }),
      ],
    };
  },
);

/** The far end said that it wants no more, by 410 Gone. Only jobs call it. */
export const retireChannel = command(
  {
    name: "alert-channel.retire",
    may: "alert:manage",
    on: ofChannel,
    input: RetireChannel,
    summary: "Disable an alert channel whose far end answered 410 Gone",
  },
  async ({ tx, now, input }) => {
    const channel = await loadChannel(tx, input.channelId);
    const reason = "Its far end answered 410 Gone";
    if (channel.disabledAt) throw new Refusal("conflict", "This channel is disabled already");
    await updateChannel(tx, { id: channel.id, revision: input.revision }, { disabledAt: now, disabledReason: reason });
    return {
      result: { id: channel.id },
      audit: [
        channelLine(channel, {
          action: "alert_channel.disabled",
          summary: `The alert channel ${channel.name} was disabled, because its far end wants no more`,
          reason,
          detail: changesDetail(ENABLED, DISABLED),
        }),
      ],
    };
  },
);
