import type { Json } from "#lib/kernel/json.ts";
import { INES, SAM } from "../people.ts";
import type { Step } from "./step.ts";

type Episode = {
  readonly place: readonly [system: string, environment: string, bundle: string];
  readonly instances: number;
  readonly edited: number;
  readonly edits: Readonly<Record<string, Json>>;
  readonly origins: Readonly<Record<string, string>>;
  /** When all was still well, when the difference was reported, and when it was gone. */
  readonly times: readonly [well: string, seen: string, gone: string];
};

/** Something ran that was not declared, for a while. */
function episode({
  place: [system, environment, bundle],
  times: [well, seen, gone],
  ...what
}: Episode): readonly Step[] {
  const { instances, edited, edits, origins } = what;
  const report = { by: SAM, do: "report", system, environment, bundle, instances } as const;
  return [
    { ...report, at: well, edited: 0, edits: {}, origins: {}, isLast: false },
    { ...report, at: seen, edited, edits, origins, isLast: false },
    { ...report, at: gone, edited: 0, edits: {}, origins: {}, isLast: true },
  ];
}

const assistant = ["support-assistant", "production", "assistant"] as const;
const agent = ["code-review-agent", "production", "agent"] as const;
const extraction = ["document-triage", "production", "extraction"] as const;
const classification = ["document-triage", "production", "classification"] as const;

const off = (pointer: string, value: Json, origin: string) => ({
  edits: { [pointer]: value },
  origins: { [pointer]: origin },
});

/** What was not to count for a while: the one is over, the other still holds. */
const ignored: readonly Step[] = [
  {
    at: "12 14:20",
    by: INES,
    do: "ignore",
    system: "code-review-agent",
    environments: ["production"],
    pattern: "/limits/daily_spend",
    days: 7,
    reason: "The two largest repositories are reviewed once as a whole this week, with a budget of their own",
  },
  {
    at: "29 10:10",
    by: SAM,
    do: "ignore",
    system: "support-assistant",
    environments: ["production"],
    pattern: "/telemetry/log_level",
    days: 60,
    reason: "Whoever is on call may log more on single instances while a cause is sought; it changes no answer",
  },
  ...episode({
    place: assistant,
    instances: 6,
    edited: 1,
    ...off("/telemetry/log_level", "debug", "environment variable ASSISTANT_TELEMETRY_LOG_LEVEL"),
    times: ["32 10:00", "32 10:20", "32 15:10"],
  }),
];

/** What was found in eight weeks, and how long it took to find and to end it. */
export const driftStory: readonly Step[] = [
  ...ignored,
  ...episode({
    place: assistant,
    instances: 6,
    edited: 2,
    ...off("/sampling/temperature", 0.6, "environment variable ASSISTANT_SAMPLING_TEMPERATURE"),
    times: ["10 08:00", "10 08:40", "10 11:05"],
  }),
  ...episode({
    place: assistant,
    instances: 6,
    edited: 1,
    ...off("/guardrails/output/groundedness/min_score", 0.75, "file /etc/assistant/config.yaml"),
    times: ["13 13:00", "13 13:12", "13 13:50"],
  }),
  ...episode({
    place: classification,
    instances: 4,
    edited: 4,
    ...off("/limits/requests_per_minute", 1_200, "file /srv/triage/classification.yaml"),
    times: ["16 09:00", "16 15:30", "17 09:20"],
  }),
  ...episode({
    place: agent,
    instances: 5,
    edited: 1,
    ...off("/sampling/reasoning_effort", "high", "file /etc/agent/config.yaml"),
    times: ["19 10:00", "19 10:20", "19 16:45"],
  }),
  ...episode({
    place: assistant,
    instances: 6,
    edited: 6,
    ...off("/retrieval/top_k", 12, "flag service"),
    times: ["21 07:30", "21 07:42", "21 08:15"],
  }),
  ...episode({
    place: extraction,
    instances: 4,
    edited: 1,
    ...off("/guardrails/output/field_confidence/min_score", 0.7, "file /srv/triage/extraction.yaml"),
    times: ["23 12:00", "23 12:06", "23 13:30"],
  }),
  ...episode({
    place: agent,
    instances: 5,
    edited: 2,
    ...off("/limits/daily_spend", 900, "environment variable AGENT_DAILY_SPEND"),
    times: ["26 09:00", "26 09:31", "26 10:10"],
  }),
  ...episode({
    place: assistant,
    instances: 6,
    edited: 1,
    ...off("/limits/answer_deadline_ms", 60_000, "file /etc/assistant/config.yaml"),
    times: ["31 08:00", "31 08:05", "31 08:35"],
  }),
  ...episode({
    place: classification,
    instances: 4,
    edited: 1,
    ...off("/sampling/seed", 1, "file /srv/triage/classification.yaml"),
    times: ["35 14:00", "35 14:04", "35 14:20"],
  }),
  ...episode({
    place: agent,
    instances: 5,
    edited: 1,
    ...off("/guardrails/output/comment_quality/enabled", false, "flag service"),
    times: ["38 13:00", "38 13:02", "38 13:17"],
  }),
];
