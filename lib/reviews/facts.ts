import type { Reader } from "#lib/platform/db.ts";
import type { CurrentRules } from "#lib/systems/store.ts";
import { currentRules } from "#lib/systems/store.ts";
import { type ApprovalStatus, approvalStatus } from "./approvals.ts";
import { type Consequences, consequencesOf } from "./consequences.ts";
import { contentOf, exceptionsOf, reviewsOf } from "./load.ts";
import type { ChangeContent, ChangeRequest, GateException, Review, Voice } from "./model.ts";
import { voicesOf } from "./people.ts";
import { type Requirements, requirementsOf } from "./requirements.ts";

/** Everything that rules about a review look at, read in one transaction. */
export type ReviewFacts = {
  readonly request: ChangeRequest;
  readonly content: ChangeContent;
  /** In force now, or when the request took effect. */
  readonly rules: CurrentRules;
  readonly consequences: Consequences;
  readonly requirements: Requirements;
  readonly reviews: readonly Review[];
  /** Reviewers and granters of exceptions, as they are now. */
  readonly voices: readonly Voice[];
  readonly exceptions: readonly GateException[];
  readonly status: ApprovalStatus;
};

/** What took effect is judged as it was then: its approvals do not expire afterwards, and later rules are not its own. */
export async function loadReviewFacts(reader: Reader, request: ChangeRequest, now: Date): Promise<ReviewFacts> {
  const { appliedAt } = request;
  const [content, rules, reviews, exceptions] = [
    await contentOf(reader, request),
    await currentRules(reader, request.systemId, appliedAt ?? undefined),
    await reviewsOf(reader, request),
    await exceptionsOf(reader, request),
  ];
  const consequences = await consequencesOf(reader, content, { id: request.systemId, rules: rules.rules });
  const requirements = requirementsOf(rules.rules.policies, { kind: request.kind, touches: consequences.touches });
  const people = [...reviews.map((review) => review.reviewerId), ...exceptions.map((one) => one.grantedById)];
  const voices = await voicesOf(reader, people, appliedAt ?? now);
  const status = approvalStatus({ request, requirements, reviews, voices, now: appliedAt ?? now });
  return { request, content, rules, consequences, requirements, reviews, voices, exceptions, status };
}
