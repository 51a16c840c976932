import { ArrowRight, Flame, Server } from "lucide-react";
import { HealthBadge, SEVERITY_LOOK, SyncBadge } from "#components/drift/badges.tsx";
import { SEVERITY_WORD } from "#components/drift/words.ts";
import { counted } from "#components/systems/words.ts";
import { Countdown } from "#components/ui/countdown.tsx";
import { cx } from "#components/ui/cx.ts";
import { Link, TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import { TONE_TEXT } from "#components/ui/tone.ts";
import { SEVERITIES } from "#lib/drift/model.ts";
import type { BoardBundle } from "#lib/insights/board-bundle.ts";
import type { Running } from "#lib/insights/running.ts";

/** Slugs of where a bundle runs. */
export type PlaceRef = { readonly system: string; readonly environment: string; readonly bundle: string };

/** What runs in a place: sync and health apart, since when, what differs, who reports, and what to do next. */
export function PlaceState({
  place,
  running,
  next,
  now,
}: {
  readonly place: PlaceRef;
  readonly running: Running;
  readonly next: BoardBundle["next"];
  readonly now: Date;
}) {
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <SyncBadge sync={running.sync} />
        {running.syncSince ? (
          <span className="text-xs text-muted">
            <Time at={running.syncSince} now={now} show="relative" />
          </span>
        ) : null}
        {running.instances > 0 ? <HealthBadge health={running.health} /> : null}
      </p>
      <Differences place={place} running={running} />
      <Patches running={running} now={now} />
      <Instances place={place} running={running} now={now} />
      {next ? (
        <p>
          <Link
            href={next.href}
            className="tap inline-flex min-h-6 items-center gap-1 text-xs font-medium text-link underline-offset-3 hover:underline"
          >
            {next.label}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function Differences({ place, running }: { readonly place: PlaceRef; readonly running: Running }) {
  const found = SEVERITIES.filter((severity) => running.findings[severity] > 0);
  if (found.length === 0) return null;
  const list = `/drift?system=${place.system}&environment=${place.environment}&bundle=${place.bundle}`;
  return (
    <p className="text-xs">
      <span className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
        {found.map((severity) => {
          const { tone, icon: Icon } = SEVERITY_LOOK[severity];
          return (
            <Link
              key={severity}
              href={`${list}&severity=${severity}`}
              className={cx("inline-flex min-h-6 items-center gap-1 font-medium hover:underline", TONE_TEXT[tone])}
            >
              <Icon aria-hidden className="size-3.5" />
              {running.findings[severity]} {SEVERITY_WORD[severity].toLowerCase()}
            </Link>
          );
        })}
      </span>
      {running.worst ? (
        <span className="line-clamp-2 text-muted" title={running.worst.summary}>
          {running.worst.summary}
        </span>
      ) : null}
    </p>
  );
}

function Patches({ running, now }: { readonly running: Running; readonly now: Date }) {
  if (running.patches.length === 0) return null;
  return (
    <ul className="grid gap-0.5 text-xs">
      {running.patches.map((patch) => (
        <li key={patch.number} className="flex flex-wrap items-center gap-x-2">
          <TextLink quiet href={`/hot-patches/${patch.number}`} className="inline-flex min-h-6 items-center gap-1">
            <Flame aria-hidden className="size-3.5 text-warn-fg" />
            HP-{patch.number}
          </TextLink>
          <Countdown
            until={patch.isActive ? patch.expiresAt : (patch.followUp?.dueAt ?? patch.expiresAt)}
            now={now}
            label={patch.isActive ? `Hot-patch HP-${patch.number}` : `Follow-up of HP-${patch.number}`}
          />
          {patch.isActive ? null : <span className="text-muted">follow-up owed by {patch.followUp?.ownerName}</span>}
        </li>
      ))}
    </ul>
  );
}

function Instances({
  place,
  running,
  now,
}: {
  readonly place: PlaceRef;
  readonly running: Running;
  readonly now: Date;
}) {
  const fleet = `/systems/${place.system}/environments/${place.environment}/fleet?bundle=${place.bundle}`;
  if (running.instances === 0 && running.observedAt === null) {
    return <p className="text-xs text-muted">No runtime has reported</p>;
  }
  const parts = [
    running.digests.length > 0 ? `on ${counted(running.digests.length, "digest")}` : null,
    running.differing > 0 ? `${running.differing} differ` : null,
    running.unreadable > 0 ? `${running.unreadable} unreadable` : null,
    // Everything was read, and still nobody knows: what some said is older than what is declared.
    running.sync === "unknown" && running.unreadable === 0 ? "not all heard since the last change" : null,
    running.silent > 0 ? `${running.silent} silent` : null,
  ].filter((part) => part !== null);
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <TextLink quiet href={fleet} className="inline-flex min-h-6 items-center gap-1 font-normal! text-muted!">
        <Server aria-hidden className="size-3.5" />
        {counted(running.instances, "instance")}
        {parts.length > 0 ? ` ${parts.join(", ")}` : ""}
      </TextLink>
      {running.observedAt ? (
        <span>
          heard <Time at={running.observedAt} now={now} show="relative" />
        </span>
      ) : null}
    </p>
  );
}
