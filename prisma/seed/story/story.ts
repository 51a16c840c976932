import { minutesBefore } from "./clock.ts";
import { codeReviewAgentStory } from "./code-review-agent.ts";
import { documentTriageFirst } from "./document-triage-first.ts";
import { documentTriageStorm } from "./document-triage-storm.ts";
import { driftStory } from "./drift.ts";
import { hotPatchStory } from "./hot-patches.ts";
import { onTheirWay } from "./on-their-way.ts";
import type { Step } from "./step.ts";
import { supportAssistantAutumn } from "./support-assistant-autumn.ts";
import { supportAssistantFirst } from "./support-assistant-first.ts";
import { supportAssistantRecovery } from "./support-assistant-recovery.ts";
import { supportAssistantUpgrade } from "./support-assistant-upgrade.ts";
import { underReview } from "./under-review.ts";

const order = (at: string) => {
  const [day = "", time = ""] = at.split(" ");
  // The longer ago, the earlier.
  if (day === "now") return `99 ${10_000 - minutesBefore(time)}`;
  return `${day.padStart(2, "0")} ${time}`;
};

/** Eight weeks at the demo organisation, in the order in which they happened. */
export const STORY: readonly Step[] = [
  ...supportAssistantFirst,
  ...supportAssistantAutumn,
  ...supportAssistantUpgrade,
  ...supportAssistantRecovery,
  ...documentTriageFirst,
  ...documentTriageStorm,
  ...codeReviewAgentStory,
  ...onTheirWay,
  ...underReview,
  ...hotPatchStory,
  ...driftStory,
].toSorted((a, b) => order(a.at).localeCompare(order(b.at)));
