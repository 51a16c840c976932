import type { Grant } from "#lib/access/actor.ts";
import type { Role } from "#lib/access/permissions.ts";
import { RISKS } from "#lib/systems/model.ts";
import type { AlertTopic, ChannelKind, NewAlert, ToldWhom } from "./model.ts";

/** What of a channel decides whether it is told. */
export type Filter = {
  /** Null: every system. */
  readonly systemId: string | null;
  /** Slugs; empty: every environment. */
  readonly environments: readonly string[];
  /** Empty: every topic. */
  readonly topics: readonly string[];
  readonly minimumSeverity: string;
};

/** Whether a channel with this filter wants the alert. A severity that this version does not know holds nothing back. */
export function isWanted(filter: Filter, alert: Pick<NewAlert, "topic" | "severity" | "systemId" | "environment">) {
  if (filter.systemId !== null && filter.systemId !== alert.systemId) return false;
  if (filter.environments.length > 0 && !filter.environments.includes(alert.environment)) return false;
  if (filter.topics.length > 0 && !filter.topics.includes(alert.topic)) return false;
  return rankOf(alert.severity) >= rankOf(filter.minimumSeverity);
}

function rankOf(severity: string): number {
  return RISKS.map(String).indexOf(severity);
}

/** Whom a topic concerns: holders of these roles where it happened, and those who answer for the parameters. */
export const CONCERNED: Readonly<Record<AlertTopic, { readonly roles: readonly Role[]; readonly owners: boolean }>> = {
  drift: { roles: ["responder"], owners: true },
  remediation: { roles: ["responder"], owners: true },
  deployment: { roles: ["responder"], owners: false },
  hot_patch: { roles: ["responder", "reviewer"], owners: true },
  follow_up: { roles: ["responder", "reviewer"], owners: false },
};

/** More names than this make no sentence; the rest is counted. */
const MOST_NAMED = 4;

/** Who was told, for a sentence: `Ada, Grace and 3 more, and the channels On call, Ops`. */
export function toldInWords({ people, channels }: ToldWhom): string {
  const parts = [
    ...(people.length === 0 ? [] : [named(people)]),
    ...(channels.length === 0 ? [] : [`${channels.length === 1 ? "the channel" : "the channels"} ${named(channels)}`]),
  ];
  return parts.length === 0 ? "nobody" : parts.join(", and ");
}

function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest > 1 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more` : names.join(", ");
}

/** Whether one of the grants gives one of the roles in that environment. */
export function holdsRole(
  grants: readonly Grant[],
  roles: readonly Role[],
  place: { readonly systemId: string; readonly environment: string },
): boolean {
  return grants.some(
    (grant) =>
      roles.includes(grant.role) &&
      (grant.systemId === null ||
        (grant.systemId === place.systemId && (grant.environment ?? place.environment) === place.environment)),
  );
}

/**
 * As much of an address as lists and the log show: for many services, Slack among them, what follows the host is what
 * lets anybody write there. Its last four characters tell two of them apart.
 */
export function shownAddress(kind: ChannelKind, address: string): string {
  switch (kind) {
    case "email":
      return address;
    case "webhook":
    case "slack": {
      const { origin, href } = new URL(address);
      const rest = href.slice(origin.length + 1);
      return rest.length < 12 ? href : `${origin}/…${rest.slice(-4)}`;
    }
  }
}
