import type { Json } from "#lib/kernel/json.ts";

/** What a far end is told. */
export type Message = {
  /** The same for every attempt. */
  readonly id: string;
  /** A topic of lib/alerts/model.ts, or test. */
  readonly topic: string;
  readonly severity: string;
  readonly title: string;
  readonly text: string;
  /** The page of the console that it is about. */
  readonly url: string;
  /** Null: a test of a channel for every system. */
  readonly system: { readonly slug: string; readonly name: string } | null;
  /** Slug; null: a test. */
  readonly environment: string | null;
  readonly at: Date;
};

/** The body of a webhook, as docs/alerts.md says: type, timestamp and data, as Standard Webhooks recommend. */
export function webhookBody({ topic, at, ...message }: Message): Json {
  return { type: `alert.${topic}`, timestamp: at.toISOString(), data: { ...message, topic } };
}

/** A message for Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function slackBody(message: Message): Json {
  const where = whereOf(message);
  const facts = [`*${escaped(message.severity)}*`, ...(where ? [escaped(where)] : []), escaped(message.topic)];
  return {
    // What notifications show, and programs that know no blocks.
    text: escaped(`${message.title}${where ? ` (${where})` : ""}`),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(message.title, 150) } },
      ...(message.text === "" ? [] : [{ type: "section", text: markdown(cutEscaped(message.text, 3_000)) }]),
      { type: "context", elements: [markdown(facts.join(" · "))] },
      {
        type: "actions",
        elements: [{ type: "button", text: { type: "plain_text", text: "Open in Plumbline" }, url: message.url }],
      },
    ],
  };
}

/** Subject and text of a mail. */
export function mailOf(message: Message): { readonly subject: string; readonly text: string } {
  const where = whereOf(message);
  return {
    subject: `[Plumbline] ${message.severity}: ${message.title}`,
    text: [
      message.title,
      message.text,
      ...(where ? [`Where: ${where}`] : []),
      `Severity: ${message.severity}`,
      message.url,
    ]
      .filter((line) => line !== "")
      .join("\n\n"),
  };
}

function whereOf({ system, environment }: Message): string {
  return [system?.name, environment].filter((one) => one !== undefined && one !== null).join(", ");
}

/** Verbatim: names, addresses and mentions in the text are not looked for, so that nobody is called by what is reported. */
function markdown(text: string): Json {
  return { type: "mrkdwn", text, verbatim: true };
}

/** Slack's three control characters: https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

/** Neither a character nor the way that it is written is cut in two. */
function cutEscaped(text: string, most: number): string {
  const whole = escaped(text);
  return whole.length <= most
    ? whole
    : `${whole
        .slice(0, most - 1)
        .replace(/&[a-z]*$/, "")
        .toWellFormed()}…`;
}
