import { randomBytes } from "node:crypto";
import { createChannel } from "#lib/alerts/commands/define-channel.ts";
import { disableChannel } from "#lib/alerts/commands/switch-channel.ts";
import type { Cases, World } from "#lib/api/testing/cases.ts";

const aChannel = () => ({
  name: `channel-${randomBytes(4).toString("hex")}`,
  kind: "webhook",
  address: "https://hooks.example.org/plumbline",
});

async function channelOf({ boss }: World): Promise<string> {
  return (await createChannel(boss, aChannel())).id;
}

/** One valid call for each command about alerts. */
export const alertCases: Cases = {
  "alert-channel.create": async ({ boss, system }) => ({ by: boss, input: { ...aChannel(), system } }),
  "alert-channel.change": async (world) => {
    const channelId = await channelOf(world);
    return { by: world.boss, input: { channelId, revision: 1, name: aChannel().name, topics: ["drift"] } };
  },
  "alert-channel.disable": async (world) => ({
    by: world.boss,
    input: { channelId: await channelOf(world), reason: "Nobody reads it" },
  }),
  "alert-channel.enable": async (world) => {
    const channelId = await channelOf(world);
    await disableChannel(world.boss, { channelId, reason: "Nobody reads it" });
    return { by: world.boss, input: { channelId } };
  },
  "alert-channel.retire": async (world) => ({
    by: world.boss,
    input: { channelId: await channelOf(world), revision: 1 },
  }),
  "alert-channel.test": async (world) => ({ by: world.boss, input: { channelId: await channelOf(world) } }),
  "alert-channel.rotate-secret": async (world) => ({ by: world.boss, input: { channelId: await channelOf(world) } }),
};
