import type { Tone } from "#components/ui/tone.ts";
import { ALERT_TOPICS, type AlertTopic, type ChannelKind, type DeliveryState } from "#lib/alerts/model.ts";

export const TOPIC_WORD: Readonly<Record<AlertTopic, string>> = {
  drift: "Drift",
  hot_patch: "Hot-patches",
  follow_up: "Follow-ups",
  remediation: "Remediation",
  deployment: "Deployments",
};

export const KIND_WORD: Readonly<Record<ChannelKind, string>> = {
  email: "E-mail",
  webhook: "Webhook",
  slack: "Slack",
};

export const DELIVERY_LOOK: Readonly<Record<DeliveryState, { readonly tone: Tone; readonly word: string }>> = {
  waiting: { tone: "warn", word: "Waiting" },
  sent: { tone: "ok", word: "Sent" },
  given_up: { tone: "danger", word: "Given up" },
};

/** Topics in words; a topic that this version does not know, as it is written. */
export function topicsInWords(topics: readonly string[]): string {
  if (topics.length === 0) return "every topic";
  return topics
    .map((topic) => ALERT_TOPICS.find((one) => one === topic))
    .map((topic, index) => (topic ? TOPIC_WORD[topic] : topics[index]))
    .join(", ");
}
