import { withParams } from "#components/ui/filter-url.ts";
import type { EventRow } from "#lib/audit/model.ts";

/** Where each value of an event leads: the log filtered by it as well, or the thing itself. */
export type EventLinks = {
  readonly event: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly system: string | null;
  readonly environment: string | null;
  /** The change request itself. */
  readonly change: string | null;
  /** The log of that request alone. */
  readonly changeEvents: string | null;
};

/** `query`: the filter that the list shows; it stays, also while one reads an event. */
export function linksOf(event: EventRow, query: string): EventLinks {
  const filtered = (name: string, value: string) => `/audit${withParams(query, { [name]: value })}`;
  return {
    event: `/audit/${event.id}${withParams(query, {})}`,
    actor: filtered("actor", event.actor.id),
    action: filtered("action", event.action),
    subject: filtered("subject", `${event.subject.type}:${event.subject.id}`),
    system: event.system && filtered("system", event.system.slug),
    environment: event.environment === null ? null : filtered("environment", event.environment),
    change: event.change && `/changes/${event.change.number}`,
    changeEvents: event.change && filtered("change", String(event.change.number)),
  };
}
