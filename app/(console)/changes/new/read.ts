import type { Actor } from "#lib/access/actor.ts";
import { found } from "#lib/api/found.ts";
import { showDraft } from "#lib/bundles/queries.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { showEnvironment } from "#lib/releases/queries.ts";
import { type ChangePreview, listProposable, previewChange } from "#lib/reviews/queries/prepare-change.ts";

export type NewKind = "version" | "promotion" | "rollback";

/** What the address of a new request says. */
export type Wish = {
  readonly kind: NewKind;
  readonly system: string | null;
  readonly environment: string | null;
  readonly drafts: readonly string[];
  readonly versions: readonly string[];
  readonly snapshots: readonly string[];
};

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

function all(params: Params, name: string): readonly string[] {
  const value = params[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

export function wishOf(params: Params): Wish {
  const [kind] = all(params, "kind");
  return {
    kind: kind === "promotion" || kind === "rollback" ? kind : "version",
    system: all(params, "system")[0] ?? null,
    environment: all(params, "environment")[0] ?? null,
    drafts: all(params, "draft"),
    versions: all(params, "version"),
    snapshots: all(params, "snapshot"),
  };
}

/** A draft's address names no system; the draft knows it. */
export async function withSystem(actor: Actor, wish: Wish): Promise<Wish> {
  const [draftId] = wish.drafts;
  if (wish.system !== null || draftId === undefined) return wish;
  const draft = await found(showDraft(actor, { draftId }));
  return { ...wish, system: draft.bundle.system.slug };
}

/** What can be chosen, and for a rollback what the environment ran before. */
export async function choicesFor(actor: Actor, { system, environment, kind }: Wish) {
  if (system === null) return null;
  const options = await found(listProposable(actor, { system }));
  const history =
    kind === "rollback" && environment !== null ? await found(showEnvironment(actor, { system, environment })) : null;
  return { ...options, history };
}
export type Choices = NonNullable<Awaited<ReturnType<typeof choicesFor>>>;

/** What the request would say; a refusal says why it cannot be proposed; null while too little is chosen. */
export async function previewOf(actor: Actor, wish: Wish): Promise<ChangePreview | Refusal | null> {
  const { kind, system, environment, drafts, versions, snapshots } = wish;
  const isEnough =
    kind === "version" ? drafts.length > 0 : environment !== null && (versions.length > 0 || snapshots.length > 0);
  if (system === null || !isEnough) return null;
  try {
    return await previewChange(actor, { kind, system, environment, drafts, versions, snapshots });
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
