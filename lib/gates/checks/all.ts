import type { GateFacts } from "../facts.ts";
import type { Finding } from "../finding.ts";
import type { CheckId } from "../model.ts";
import { approvals } from "./approvals.ts";
import { constraints, flags, modelsPinned, overlayPolicy, ratchet, schema, secrets } from "./content.ts";
import { contentCurrent } from "./content-current.ts";
import { dependencies } from "./dependencies.ts";
import { drift } from "./drift.ts";
import { followUps } from "./follow-ups.ts";
import { freezeWindow } from "./freeze-window.ts";
import { hold } from "./hold.ts";
import { hotPatches } from "./hot-patches.ts";
import { pipelineOrder } from "./pipeline-order.ts";
import { soak } from "./soak.ts";
import { threads } from "./threads.ts";

/** Every check by its name; null where it has nothing to say about a kind of request. */
export const CHECK_BY_ID: Readonly<Record<CheckId, (facts: GateFacts) => Finding | null>> = {
  content_current: contentCurrent,
  schema,
  constraints,
  models_pinned: modelsPinned,
  overlay_policy: overlayPolicy,
  secrets,
  flags,
  dependencies,
  ratchet,
  approvals,
  threads,
  pipeline_order: pipelineOrder,
  hold,
  soak,
  freeze_window: freezeWindow,
  follow_ups: followUps,
  hot_patches: hotPatches,
  drift,
};
