import { withParams } from "#components/ui/filter-url.ts";
import type { EventRow } from "#lib/audit/model.ts";

/** Where each value of an event leads: the log filtered by it as well, or the thing itself. */
export type EventLinks = {
  readonly event: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** The page of what it is about; null: it has none. */
  readonly page: string | null;
  readonly system: string | null;
  readonly environment: string | null;
  readonly incident: string | null;
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
    page: pageOf(event.subject),
    system: event.system && filtered("system", event.system.slug),
    environment: event.environment === null ? null : filtered("environment", event.environment),
    incident: event.incident === null ? null : filtered("incident", event.incident),
    change: event.change && `/changes/${event.change.number}`,
    changeEvents: event.change && filtered("change", String(event.change.number)),
  };
}

/** Pages of single things by the type of the subject; the id is as the log writes it. */
const PAGES: Readonly<Record<string, (id: string) => string>> = {
  finding: (id) => `/drift/${id}`,
  hot_patch: (id) => `/hot-patches/${id.replace(/^HP-/, "")}`,
  follow_up: (id) => `/hot-patches/${id.replace(/^HP-/, "")}`,
  version: (id) => `/versions/${id}`,
  person: (id) => `/settings/members/${id}`,
  alert_channel: (id) => `/settings/alerts/${id}`,
};

/** The page of what an event is about, where it has one. */
export function pageOf({ type, id }: EventRow["subject"]): string | null {
  return Object.hasOwn(PAGES, type) ? (PAGES[type]?.(encodeURIComponent(id)) ?? null) : null;
}
