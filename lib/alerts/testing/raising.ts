import { randomBytes } from "node:crypto";
import { z } from "zod";
import { createChannel } from "#lib/alerts/commands/define-channel.ts";
import type { NewAlert } from "#lib/alerts/model.ts";
import { raiseAlert } from "#lib/alerts/raise.ts";
import { command } from "#lib/command.ts";
import type { House } from "#lib/gates/testing/house.ts";

/** Raises an alert as a command would. */
export const raise = command(
  { name: "test.raise", may: "anyone", on: "anywhere", input: z.custom<NewAlert>(), summary: "Raise an alert" },
  async ({ tx, now, input }) => ({
    result: null,
    audit: [{ action: "test.raised", subject: { type: "test", id: "1" }, summary: "Raised an alert" }],
    ...(await raiseAlert(tx, input, now)),
  }),
);

export function anAlert({ systemId }: House, wish: Partial<NewAlert> = {}): NewAlert {
  return {
    key: `test/${randomBytes(6).toString("hex")}`,
    topic: "drift",
    severity: "high",
    systemId,
    environment: "production",
    title: "temperature differs in production",
    text: "Declared 0.2, observed 0.9",
    href: "/drift/12",
    ...wish,
  };
}

type ChannelWish = {
  readonly kind?: "email" | "webhook" | "slack";
  readonly address: string;
  readonly system?: string;
  readonly topics?: readonly string[];
  readonly environments?: readonly string[];
  readonly minimumSeverity?: string;
};

/** A channel, for every system unless one is named. */
export function aChannel({ boss }: House, wish: ChannelWish) {
  return createChannel(boss, { kind: "webhook", name: `channel-${randomBytes(4).toString("hex")}`, ...wish });
}
