/** What alerts are about; channels choose among them. */
export const ALERT_TOPICS = ["drift", "hot_patch", "follow_up", "remediation", "deployment"] as const;
export type AlertTopic = (typeof ALERT_TOPICS)[number];

/** email: a mail · webhook: a POST signed as Standard Webhooks say · slack: a message to an incoming webhook */
export const CHANNEL_KINDS = ["email", "webhook", "slack"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

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
