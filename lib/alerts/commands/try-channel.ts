import { command } from "#lib/command.ts";
import { newId } from "#lib/kernel/id.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { OneChannel } from "../input.ts";
import { ALERT_PARCEL, laneOf } from "../model.ts";
import { channelLine, ofChannel } from "../scope.ts";
import { newSigningSecret } from "../signing.ts";
import { loadChannel, updateChannel } from "../store.ts";

/** Sends a channel a message that says it is a test. What came of it is seen among its deliveries. */
export const testChannel = command(
  {
    name: "alert-channel.test",
    may: "alert:manage",
    on: ofChannel,
    input: OneChannel,
    summary: "Send an alert channel a test message",
    http: { method: "POST", path: "/alert-channels/{channelId}/test" },
  },
  async ({ tx, actor, now, input }) => {
    const channel = await loadChannel(tx, input.channelId);
    if (channel.disabledAt) throw new Refusal("conflict", "This channel is disabled; enable it first");
    const testId = newId(now);
    return {
      result: { testId },
      audit: [
        channelLine(channel, {
          action: "alert_channel.tested",
          summary: `${actor.name} sent a test to the alert channel ${channel.name}`,
        }),
      ],
      outbox: [
        {
          topic: ALERT_PARCEL,
          lane: laneOf(channel.id),
          payload: { channelId: channel.id, testId, by: actor.name, at: now.toISOString() },
        },
      ],
    };
  },
);

/** Gives a webhook a new signing secret. For a day messages carry a signature by either. */
export const rotateSecret = command(
  {
    name: "alert-channel.rotate-secret",
    may: "alert:manage",
    on: ofChannel,
    input: OneChannel,
    summary: "Give a webhook a new signing secret; the answer is the only time it is shown",
    http: { method: "POST", path: "/alert-channels/{channelId}/secret" },
    holdsSecret: true,
  },
  async ({ tx, actor, now, input }) => {
    const channel = await loadChannel(tx, input.channelId);
    if (channel.kind !== "webhook") throw new Refusal("conflict", "Only webhooks have a signing secret");
    const secret = newSigningSecret();
    await updateChannel(tx, channel, { secret, formerSecret: channel.secret, rotatedAt: now });
    return {
      result: { id: channel.id, secret },
      audit: [
        channelLine(channel, {
          action: "alert_channel.secret_rotated",
          summary: `${actor.name} gave the alert channel ${channel.name} a new signing secret`,
        }),
      ],
    };
  },
);
