import { codeReviewAgent } from "./code-review-agent.ts";
import { documentTriage } from "./document-triage.ts";
import { supportAssistant } from "./support-assistant.ts";
import type { DemoSystem } from "./system.ts";

export const SYSTEMS: readonly DemoSystem[] = [supportAssistant, documentTriage, codeReviewAgent];
