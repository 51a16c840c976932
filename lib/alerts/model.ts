/** What alerts are about; channels choose among them. */
export const ALERT_TOPICS = ["drift", "hot_patch", "follow_up", "remediation", "deployment"] as const;
export type AlertTopic = (typeof ALERT_TOPICS)[number];

/** email: a mail · webhook: a POST signed as Standard Webhooks say · slack: a message to an incoming webhook */
export const CHANNEL_KINDS = ["email", "webhook", "slack"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** The kind that a row names; the database keeps no other. */
export function channelKindOf(text: string): ChannelKind {
  const kind = CHANNEL_KINDS.find((one) => one === text);
  if (!kind) throw new Error(`There is no kind of channel ${text}`);
  return kind;
}

/** waiting: for its next attempt · sent · given_up: nobody tries any more */
export type DeliveryState = "waiting" | "sent" | "given_up";

/** Something to tell, once for each `key`. */
export type NewAlert = {
  /** The same thing has the same key, for example `finding/<id>/<reopenings>`. */
  readonly key: string;
  readonly topic: AlertTopic;
  readonly severity: "low" | "medium" | "high" | "critical";
  readonly systemId: string;
  /** Slug. */
  readonly environment: string;
  /** At most 120 characters, understandable alone. */
  readonly title: string;
  readonly text: string;
  /** Path in the console. */
  readonly href: string;
  /** People told in their inbox besides those who hold the roles that the topic concerns. */
  readonly people?: readonly string[];
  /** Slugs of the groups that answer for the parameters concerned; absent: of every parameter of the system. */
  readonly owners?: readonly string[];
  /** The person who caused it and therefore knows. */
  readonly by?: string;
};

/** Names of those who were told in their inbox, and of the channels that were given it to send. */
export type ToldWhom = { readonly people: readonly string[]; readonly channels: readonly string[] };

/** Topic of the outbox for what channels are sent. */
export const ALERT_PARCEL = "alert";

/** What one channel is sent; its far end may be slow, and keeps no other channel waiting. */
export function laneOf(channelId: string): string {
  return `${ALERT_PARCEL}/${channelId}`;
}
