import type { BundleSource } from "#lib/bundles/model.ts";
import type { Json } from "#lib/kernel/json.ts";
import type { Rules } from "#lib/systems/model.ts";

/**
 * `12 09:40`: at 09:40 of the twelfth of the forty working days that end with the last one that is over.
 * `now -01:10`: an hour and ten minutes before the history ends.
 */
export type At = string;

/** One change of a draft's text: words that stand exactly once, and what takes their place. */
export type Edit = { readonly find: string; readonly put: string; readonly layer?: string };

/** What a comment is attached to; a line is named by words that stand on it. */
export type Place =
  | { readonly type: "request" }
  | { readonly type: "parameter"; readonly bundle: string; readonly pointer: string }
  | {
      readonly type: "line";
      readonly bundle: string;
      readonly layer: string;
      readonly side: "before" | "after";
      readonly find: string;
    };

/** `thread` names the conversation, so that later steps can answer and resolve it. */
export type Remark = { readonly thread: string; readonly place: Place; readonly body: string };

type Proposal = {
  readonly request: string;
  readonly system: string;
  readonly title: string;
  readonly reason: string;
  readonly incident?: string;
  readonly asDraft?: boolean;
};

/** What people did. Drafts, requests and threads have names here; the player keeps what they turned out to be. */
export type Deed =
  | {
      readonly do: "draft";
      readonly draft: string;
      readonly system: string;
      readonly bundle: string;
      readonly title: string;
      /** A first text; absent: the newest version's. */
      readonly source?: BundleSource;
      readonly edits: readonly Edit[];
    }
  | ({ readonly do: "proposeVersion"; readonly drafts: readonly string[] } & Proposal)
  | ({
      readonly do: "proposePromotion";
      readonly environment: string;
      /** The request that made the versions. */
      readonly of: string;
      readonly bundles: readonly string[];
    } & Proposal)
  | ({
      readonly do: "proposeRollback";
      readonly environment: string;
      /** Back to what the bundle was before its current deployment there. */
      readonly bundles: readonly string[];
    } & Proposal)
  | ({ readonly do: "proposeRules"; readonly change: (rules: Rules) => Rules } & Proposal)
  | { readonly do: "revise"; readonly request: string; readonly draft: string; readonly edits: readonly Edit[] }
  | {
      readonly do: "review";
      readonly request: string;
      readonly verdict: "approve" | "request_changes" | "comment";
      readonly summary: string;
      readonly remarks?: readonly Remark[];
    }
  | { readonly do: "remark"; readonly request: string; readonly remark: Remark }
  | { readonly do: "reply"; readonly request: string; readonly thread: string; readonly body: string }
  | { readonly do: "resolve"; readonly request: string; readonly thread: string }
  /** Every item that the gate still asks for is set aside. */
  | {
      readonly do: "waive";
      readonly request: string;
      readonly gate: "dependencies";
      readonly reason: string;
      readonly days: number;
    }
  | {
      readonly do: "override";
      readonly request: string;
      readonly gate: "ratchet" | "soak" | "freeze_window";
      readonly reason: string;
      readonly days: number;
    }
  | { readonly do: "apply"; readonly request: string }
  | { readonly do: "schedule"; readonly request: string }
  | { readonly do: "close"; readonly request: string; readonly reason: string }
  | {
      readonly do: "verify";
      readonly system: string;
      readonly environment: string;
      readonly bundles: readonly string[];
      readonly evidence: string;
    }
  | { readonly do: "liftHold"; readonly system: string; readonly environment: string; readonly reason: string }
  | {
      readonly do: "fileHotPatch";
      /** Its name here. */
      readonly patch: string;
      readonly system: string;
      readonly environment: string;
      readonly bundle: string;
      readonly incident: string;
      readonly level: "sev1" | "sev2" | "sev3" | "sev4";
      readonly reason: string;
      readonly changes: readonly { readonly pointer: string; readonly value: Json }[];
      readonly minutes: number;
    }
  | { readonly do: "extendHotPatch"; readonly patch: string; readonly reason: string; readonly minutes: number }
  | { readonly do: "reviewHotPatch"; readonly patch: string; readonly note: string }
  | { readonly do: "revertHotPatch"; readonly patch: string; readonly reason: string }
  /** A request makes it permanent. */
  | { readonly do: "keepHotPatch"; readonly patch: string; readonly request: string; readonly reason: string }
  /** Instances of a bundle report what they run, and it is compared. */
  | {
      readonly do: "report";
      readonly system: string;
      readonly environment: string;
      readonly bundle: string;
      readonly instances: number;
      /** How many of them run something else. */
      readonly edited: number;
      readonly edits: Readonly<Record<string, Json>>;
      readonly origins: Readonly<Record<string, string>>;
      /** Whether they stop afterwards. */
      readonly isLast: boolean;
    }
  /** Differences that are not to count for some days; who adds the rule answers for it. */
  | {
      readonly do: "ignore";
      readonly system: string;
      readonly environments: readonly string[];
      readonly pattern: string;
      readonly days: number;
      readonly reason: string;
    }
  /** What is due by now is carried out, as the job does it. */
  | { readonly do: "hotPatchClock" }
  | {
      readonly do: "defineFreezeWindow";
      readonly name: string;
      readonly cron: string;
      readonly durationMinutes: number;
      readonly environments: readonly string[];
      readonly reason: string;
    };

/** `by`: the e-mail address of who did it. */
export type Step = { readonly at: At; readonly by: string } & Deed;
