import { z } from "zod";
import { Name, Revision, Slug } from "#lib/systems/input.ts";
import { RISKS } from "#lib/systems/model.ts";
import { ALERT_TOPICS, CHANNEL_KINDS } from "./model.ts";

const Address = z
  .string({ error: "Say where alerts go" })
  .trim()
  .min(1, "Say where alerts go")
  .max(2_000, "Use at most 2,000 characters");

/** Forms send an empty text where nothing was chosen. */
const blank = (value: unknown) => (value === "" || value === null ? undefined : value);

/** Without environments or topics: every one. */
const filter = {
  environments: z.array(Slug).max(50, "Name at most 50 environments").default([]),
  topics: z.array(z.enum(ALERT_TOPICS, { error: `Choose among ${ALERT_TOPICS.join(", ")}` })).default([]),
  minimumSeverity: z.enum(RISKS, { error: `Choose one of ${RISKS.join(", ")}` }).default("low"),
};

export const CreateChannel = z.object({
  name: Name,
  kind: z.enum(CHANNEL_KINDS, { error: `Choose one of ${CHANNEL_KINDS.join(", ")}` }),
  address: Address,
  /** Slug; without one, alerts of every system. */
  system: z.preprocess(blank, Slug.optional()),
  ...filter,
});

const ChannelId = z.uuid({ error: "There is no such channel" });

/** Without an address, the one that it has. */
export const ChangeChannel = z.object({
  channelId: ChannelId,
  revision: Revision,
  name: Name,
  address: z.preprocess(blank, Address.optional()),
  ...filter,
});

export const OneChannel = z.object({ channelId: ChannelId });
export const DisableChannel = z.object({
  channelId: ChannelId,
  reason: z.string({ error: "Say why" }).trim().min(1, "Say why").max(500, "Use at most 500 characters"),
});
export const RetireChannel = z.object({ channelId: ChannelId, revision: Revision });
export const ListChannels = z.object({});
export const ShowChannel = z.object({ channelId: ChannelId, cursor: z.string().optional() });
