import * as accountsCompany from "#lib/accounts/commands/company.ts";
import * as accountsGrants from "#lib/accounts/commands/grants.ts";
import * as accountsGroups from "#lib/accounts/commands/groups.ts";
import * as accountsNotifications from "#lib/accounts/commands/notifications.ts";
import * as accountsPasswords from "#lib/accounts/commands/passwords.ts";
import * as accountsPeople from "#lib/accounts/commands/people.ts";
import * as accountsSessions from "#lib/accounts/commands/sessions.ts";
import * as accountsTokens from "#lib/accounts/commands/tokens.ts";
import * as accountsViews from "#lib/accounts/commands/views.ts";
import * as accountsQueriesGroups from "#lib/accounts/queries/groups.ts";
import * as accountsQueriesOwn from "#lib/accounts/queries/own.ts";
import * as accountsQueriesPeople from "#lib/accounts/queries/people.ts";
import * as accountsQueriesTokens from "#lib/accounts/queries/tokens.ts";
import * as alertsDefineChannel from "#lib/alerts/commands/define-channel.ts";
import * as alertsSwitchChannel from "#lib/alerts/commands/switch-channel.ts";
import * as alertsTryChannel from "#lib/alerts/commands/try-channel.ts";
import * as alertsQueries from "#lib/alerts/queries.ts";
import { type Entry, entriesOf } from "#lib/api/entry.ts";
import * as audit from "#lib/audit/commands.ts";
import * as auditQueries from "#lib/audit/queries.ts";
import * as bundlesCheck from "#lib/bundles/check.ts";
import * as bundlesArchiveBundle from "#lib/bundles/commands/archive-bundle.ts";
import * as bundlesCreateBundle from "#lib/bundles/commands/create-bundle.ts";
import * as bundlesCreateSystem from "#lib/bundles/commands/create-system.ts";
import * as bundlesSaveDraft from "#lib/bundles/commands/save-draft.ts";
import * as bundlesStartDraft from "#lib/bundles/commands/start-draft.ts";
import * as bundlesQueries from "#lib/bundles/queries.ts";
import * as driftAcceptFinding from "#lib/drift/commands/accept-finding.ts";
import * as driftRecord from "#lib/drift/commands/record-drift.ts";
import * as driftTriageFinding from "#lib/drift/commands/triage-finding.ts";
import * as driftIgnoreRulesAdd from "#lib/drift/ignore-rules/commands/add-ignore-rule.ts";
import * as driftIgnoreRulesChange from "#lib/drift/ignore-rules/commands/change-ignore-rule.ts";
import * as driftIgnoreRulesQueries from "#lib/drift/ignore-rules/queries.ts";
import * as driftListFindings from "#lib/drift/queries/list-findings.ts";
import * as driftListInstances from "#lib/drift/queries/list-instances.ts";
import * as driftShowFinding from "#lib/drift/queries/show-finding.ts";
import * as driftVerdicts from "#lib/drift/queries/verdicts.ts";
import * as driftRemediationAdvance from "#lib/drift/remediation/commands/advance-remediation.ts";
import * as driftRemediationStart from "#lib/drift/remediation/commands/start-remediation.ts";
import * as driftRemediationStop from "#lib/drift/remediation/commands/stop-remediation.ts";
import * as driftRemediationQueries from "#lib/drift/remediation/queries.ts";
import * as gatesApplyChange from "#lib/gates/commands/apply-change.ts";
import * as gatesExceptGate from "#lib/gates/commands/except-gate.ts";
import * as gatesFailSchedule from "#lib/gates/commands/fail-schedule.ts";
import * as gatesQueries from "#lib/gates/queries.ts";
import * as hotPatchesAnswerRequest from "#lib/hot-patches/commands/answer-request.ts";
import * as hotPatchesCarryOut from "#lib/hot-patches/commands/carry-out.ts";
import * as hotPatchesDecideFollowUp from "#lib/hot-patches/commands/decide-follow-up.ts";
import * as hotPatchesExtendHotPatch from "#lib/hot-patches/commands/extend-hot-patch.ts";
import * as hotPatchesFileHotPatch from "#lib/hot-patches/commands/file-hot-patch.ts";
import * as hotPatchesReviewHotPatch from "#lib/hot-patches/commands/review-hot-patch.ts";
import * as hotPatchesQueriesListHotPatches from "#lib/hot-patches/queries/list-hot-patches.ts";
import * as hotPatchesQueriesOpenHotPatches from "#lib/hot-patches/queries/open-hot-patches.ts";
import * as hotPatchesQueriesPrepareHotPatch from "#lib/hot-patches/queries/prepare-hot-patch.ts";
import * as hotPatchesQueriesRecurrences from "#lib/hot-patches/queries/recurrences.ts";
import * as hotPatchesQueriesShowHotPatch from "#lib/hot-patches/queries/show-hot-patch.ts";
import * as insightsFlags from "#lib/insights/flags.ts";
import * as insightsFrame from "#lib/insights/frame.ts";
import * as insightsMetrics from "#lib/insights/metrics.ts";
import * as insightsPlace from "#lib/insights/place.ts";
import * as insightsQueries from "#lib/insights/queries.ts";
import * as insightsSearch from "#lib/insights/search.ts";
import * as insightsSystemOverview from "#lib/insights/system-overview.ts";
import * as insightsThresholds from "#lib/insights/thresholds.ts";
import * as releasesFreezeWindows from "#lib/releases/commands/freeze-windows.ts";
import * as releasesObserveDeployment from "#lib/releases/commands/observe-deployment.ts";
import * as releasesVerifyDeployment from "#lib/releases/commands/verify-deployment.ts";
import * as releasesQueries from "#lib/releases/queries.ts";
import * as reviewsClaimChange from "#lib/reviews/commands/claim-change.ts";
import * as reviewsCloseChange from "#lib/reviews/commands/close-change.ts";
import * as reviewsDiscussChange from "#lib/reviews/commands/discuss-change.ts";
import * as reviewsEditChange from "#lib/reviews/commands/edit-change.ts";
import * as reviewsOpenChange from "#lib/reviews/commands/open-change.ts";
import * as reviewsProposeRelease from "#lib/reviews/commands/propose-release.ts";
import * as reviewsProposeRules from "#lib/reviews/commands/propose-rules.ts";
import * as reviewsProposeVersion from "#lib/reviews/commands/propose-version.ts";
import * as reviewsRebaseChange from "#lib/reviews/commands/rebase-change.ts";
import * as reviewsRecallChange from "#lib/reviews/commands/recall-change.ts";
import * as reviewsReopenChange from "#lib/reviews/commands/reopen-change.ts";
import * as reviewsReviewChange from "#lib/reviews/commands/review-change.ts";
import * as reviewsScheduleChange from "#lib/reviews/commands/schedule-change.ts";
import * as reviewsSettleChange from "#lib/reviews/commands/settle-change.ts";
import * as reviewsWithdrawReview from "#lib/reviews/commands/withdraw-review.ts";
import * as reviewsQueriesListChanges from "#lib/reviews/queries/list-changes.ts";
import * as reviewsQueriesPrepareChange from "#lib/reviews/queries/prepare-change.ts";
import * as reviewsQueriesShowChange from "#lib/reviews/queries/show-change.ts";
import * as reviewsQueriesShowTimeline from "#lib/reviews/queries/show-timeline.ts";
import * as runtimes from "#lib/runtimes/commands.ts";
import * as runtimesComparableSuggestions from "#lib/runtimes/comparable-suggestions.ts";
import * as runtimesCompare from "#lib/runtimes/compare.ts";
import * as runtimesQueries from "#lib/runtimes/queries.ts";
import * as runtimesQueriesInstances from "#lib/runtimes/queries-instances.ts";
import * as systemsCheck from "#lib/systems/check.ts";
import * as systemsAddEnvironment from "#lib/systems/commands/add-environment.ts";
import * as systemsDescribeSystem from "#lib/systems/commands/describe-system.ts";
import * as systemsEditRules from "#lib/systems/commands/edit-rules.ts";
import * as systemsHoldEnvironment from "#lib/systems/commands/hold-environment.ts";
import * as systemsProtectSystem from "#lib/systems/commands/protect-system.ts";
import * as systemsQueries from "#lib/systems/queries.ts";

/** Every command and every query: what the API serves and documents. A test holds that none is missing. */
export const entries: readonly Entry[] = entriesOf([
  accountsCompany,
  accountsGrants,
  accountsGroups,
  accountsNotifications,
  accountsPasswords,
  accountsPeople,
  accountsSessions,
  accountsTokens,
  accountsViews,
  accountsQueriesGroups,
  accountsQueriesOwn,
  accountsQueriesPeople,
  accountsQueriesTokens,
  alertsDefineChannel,
  alertsSwitchChannel,
  alertsTryChannel,
  alertsQueries,
  audit,
  auditQueries,
  bundlesCheck,
  bundlesArchiveBundle,
  bundlesCreateBundle,
  bundlesCreateSystem,
  bundlesSaveDraft,
  bundlesStartDraft,
  bundlesQueries,
  driftListFindings,
  driftListInstances,
  driftShowFinding,
  driftVerdicts,
  driftAcceptFinding,
  driftTriageFinding,
  driftRecord,
  driftIgnoreRulesAdd,
  driftIgnoreRulesChange,
  driftIgnoreRulesQueries,
  driftRemediationAdvance,
  driftRemediationStart,
  driftRemediationStop,
  driftRemediationQueries,
  gatesApplyChange,
  gatesExceptGate,
  gatesFailSchedule,
  gatesQueries,
  hotPatchesAnswerRequest,
  hotPatchesCarryOut,
  hotPatchesDecideFollowUp,
  hotPatchesExtendHotPatch,
  hotPatchesFileHotPatch,
  hotPatchesReviewHotPatch,
  hotPatchesQueriesListHotPatches,
  hotPatchesQueriesOpenHotPatches,
  hotPatchesQueriesPrepareHotPatch,
  hotPatchesQueriesRecurrences,
  hotPatchesQueriesShowHotPatch,
  insightsFlags,
  insightsFrame,
  insightsMetrics,
  insightsPlace,
  insightsQueries,
  insightsSearch,
  insightsSystemOverview,
  insightsThresholds,
  releasesFreezeWindows,
  releasesObserveDeployment,
  releasesVerifyDeployment,
  releasesQueries,
  reviewsClaimChange,
  reviewsCloseChange,
  reviewsDiscussChange,
  reviewsEditChange,
  reviewsOpenChange,
  reviewsProposeRelease,
  reviewsProposeRules,
  reviewsProposeVersion,
  reviewsRebaseChange,
  reviewsRecallChange,
  reviewsReopenChange,
  reviewsReviewChange,
  reviewsScheduleChange,
  reviewsSettleChange,
  reviewsWithdrawReview,
  reviewsQueriesListChanges,
  reviewsQueriesPrepareChange,
  reviewsQueriesShowChange,
  reviewsQueriesShowTimeline,
  runtimes,
  runtimesComparableSuggestions,
  runtimesCompare,
  runtimesQueries,
  runtimesQueriesInstances,
  systemsCheck,
  systemsAddEnvironment,
  systemsDescribeSystem,
  systemsEditRules,
  systemsHoldEnvironment,
  systemsProtectSystem,
  systemsQueries,
]);
