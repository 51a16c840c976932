import type { Role } from "#lib/access/permissions.ts";

/** A role and how far it reaches. No system: everywhere; no environment: the whole system. */
export type Grant = {
  readonly role: Role;
  readonly systemId: string | null;
  /** Slug of an environment. */
  readonly environment: string | null;
};

export type Channel = "browser" | "api" | "cli" | "job" | "script";

/** Who acts, through what, and what they may do. */
export type Actor = {
  /** person: someone signed in · token: a machine's credential · job: Plumbline itself */
  readonly kind: "person" | "token" | "job";
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Slugs of the groups this person belongs to. */
  readonly groups: readonly string[];
  readonly channel: Channel;
  readonly address: string | null;
  readonly requestId: string;
};

/** What a permission is asked for. No environment: the whole system, whatever its environments. */
export type Scope = { readonly systemId?: string; readonly environment?: string };
