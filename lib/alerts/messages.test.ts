import { expect, test } from "vitest";
import { type Message, mailOf, slackBody, webhookBody } from "./messages.ts";

const message: Message = {
  id: "a1",
  topic: "drift",
  severity: "high",
  title: "temperature differs <in> production",
  text: "Declared 0.2 & observed 0.9",
  url: "https://plumbline.example.org/drift/12",
  system: { slug: "support-assistant", name: "Support assistant" },
  environment: "production",
  at: new Date("2026-11-22T14:05:00Z"),
};

test("a webhook is told type, time and data", () => {
  expect(webhookBody(message)).toEqual({
    type: "alert.drift",
    timestamp: "2026-11-22T14:05:00.000Z",
    data: {
      id: "a1",
      topic: "drift",
      severity: "high",
      title: message.title,
      text: message.text,
      url: message.url,
      system: message.system,
      environment: "production",
    },
  });
});

test("Slack's control characters are text in Slack", () => {
  const body = JSON.stringify(slackBody(message));
  expect(body).toContain("Declared 0.2 &amp; observed 0.9");
  expect(body).toContain("temperature differs &lt;in&gt; production (Support assistant, production)");
  // A header is plain text, where nothing is read as markup.
  expect(slackBody(message)).toHaveProperty(["blocks", 0, "text"], { type: "plain_text", text: message.title });
});

test("what is too long for Slack is cut", () => {
  const long = slackBody({ ...message, title: "t".repeat(500), text: "t".repeat(9_000) });
  expect(long).toHaveProperty(["blocks", 0, "text", "text", "length"], 150);
  expect(long).toHaveProperty(["blocks", 1, "text", "text", "length"], 3_000);
});

test("nobody is called, and nothing becomes a link, by what is in an alert", () => {
  const { blocks } = slackBody({ ...message, text: "@channel <!here> see http://evil.example" }) as {
    blocks: readonly { type: string; text?: object; elements?: readonly object[] }[];
  };
  const texts = blocks.flatMap(({ text, elements }) => [text ?? [], elements ?? []].flat());
  const read = texts.filter((one) => "type" in one && one.type === "mrkdwn");
  expect(read).toHaveLength(2);
  for (const one of read) expect(one).toMatchObject({ verbatim: true });
  expect(JSON.stringify(blocks)).not.toContain("<!");
});

test("a cut leaves neither half a character nor half of what stands for one", () => {
  const titled = slackBody({ ...message, title: "😀".repeat(200), text: `a${"<".repeat(1_000)}` });
  const text = JSON.stringify(titled);
  expect(text.isWellFormed() && !/\\ud[89a-f]/i.test(text)).toBe(true);
  expect(titled).toHaveProperty(["blocks", 1, "text", "text"], expect.stringMatching(/^a(&lt;)+…$/));
});

test("an alert without more to say has no empty block", () => {
  expect(slackBody({ ...message, text: "" })).toHaveProperty(["blocks", "length"], 3);
});

test("a mail says where, how bad, and where to look", () => {
  const { subject, text } = mailOf(message);
  expect(subject).toBe("[Plumbline] high: temperature differs <in> production");
  expect(text).toContain("Where: Support assistant, production");
  expect(text).toContain(message.url);
});
