import { codeReviewAgentStory } from "./code-review-agent.ts";
import { documentTriageBeginnings, documentTriageStorm } from "./document-triage.ts";
import { now } from "./now.ts";
import type { Step } from "./step.ts";
import { supportAssistantAutumn } from "./support-assistant-autumn.ts";
import { supportAssistantUpgrade } from "./support-assistant-upgrade.ts";

const order = (at: string) => {
  const [day = "", time = ""] = at.split(" ");
  return `${day.padStart(2, "0")} ${time}`;
};

/** Eight weeks at the demo organisation, in the order in which they happened. */
export const STORY: readonly Step[] = [
  ...supportAssistantAutumn,
  ...supportAssistantUpgrade,
  ...documentTriageBeginnings,
  ...documentTriageStorm,
  ...codeReviewAgentStory,
  ...now,
].toSorted((a, b) => order(a.at).localeCompare(order(b.at)));
