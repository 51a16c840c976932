import type { Permission } from "#lib/access/permissions.ts";
import type { CheckId, CheckItem, CheckStatus } from "./model.ts";

/** What a check finds before exceptions are looked at. */
export type Finding = {
  readonly id: CheckId;
  readonly title: string;
  readonly status: Exclude<CheckStatus, "waived">;
  readonly isBlocking: boolean;
  /** Why, in one sentence. */
  readonly summary: string;
  readonly items: readonly CheckItem[];
  /** Who can clear it, in words. */
  readonly clearedBy: string;
  /** The permission that may override it; null: nobody may. */
  readonly override: Permission | null;
  readonly href: string;
};

/** `1 problem`, `3 problems`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
