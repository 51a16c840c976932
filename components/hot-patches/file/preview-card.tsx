"use client";

import type { PreviewState } from "#components/hot-patches/file/use-preview.ts";
import { PatchChanges } from "#components/hot-patches/patch-changes.tsx";
import { minutesText } from "#components/hot-patches/words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { utcTime } from "#components/ui/relative-time.ts";

/** What will happen: before and after, what is in the way, when it ends, and who has a say. */
export function PreviewCard({
  state,
  titleOf,
  environment,
  isOnline,
}: {
  readonly state: PreviewState;
  readonly titleOf: (pointer: string) => string;
  /** Its name. */
  readonly environment: string;
  readonly isOnline: boolean;
}) {
  const { preview, refused, isChecking } = state;
  if (!isOnline && !preview) {
    return <p className="text-sm text-muted">Without a connection nothing can be checked; the server checks it all.</p>;
  }
  if (refused) return <Callout tone="danger">{refused.message}</Callout>;
  if (!preview) return null;
  const { examination } = preview;
  // Those of a chosen parameter stand beside its control.
  const chosen = examination?.changes.map((change) => change.pointer) ?? [];
  const elsewhere = examination?.problems.filter((one) => !chosen.includes(one.pointer)) ?? [];
  return (
    <section aria-label="What will happen" aria-busy={isChecking} className="grid gap-3">
      {examination && examination.changes.length > 0 ? (
        <PatchChanges changes={examination.changes.map((change) => ({ ...change, title: titleOf(change.pointer) }))} />
      ) : null}
      {examination?.conflicts.length ? (
        <Callout tone="danger" title="Patched already">
          <ul>
            {examination.conflicts.map((one) => (
              <li key={`${one.number} ${one.pointer}`}>
                {titleOf(one.pointer)}: <TextLink href={`/hot-patches/${one.number}`}>HP-{one.number}</TextLink> (
                {one.incident}) sets it. End that one first.
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {elsewhere.length > 0 ? (
        <Callout tone="danger" title="It cannot be filed like this">
          <ul>
            {elsewhere.map((one) => (
              <li key={`${one.pointer} ${one.message}`}>{one.message}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {examination?.warnings.length ? (
        <Callout tone="warn" title="Worth knowing">
          <ul>
            {examination.warnings.map((one) => (
              <li key={`${one.pointer} ${one.message}`}>{one.message}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
      <ul className="grid gap-0.5 text-sm text-muted">
        <li>
          {preview.isAtOnce
            ? `It is in force in ${environment} as soon as it is filed.`
            : `It needs one approval${peopleText(preview.reviewers)}.`}
        </li>
        <li>
          It ends after {minutesText(preview.minutes)}
          {preview.isAtOnce ? `, at ${utcTime(new Date(preview.expiresAt), "minute")}` : ""}
          {preview.revertsAtExpiry ? ", and goes back by itself." : "; policy keeps it until somebody decides."}
          {preview.shortened ? ` ${preview.shortened}` : ""}
        </li>
        <li>
          Somebody else reviews it within {preview.reviewHours} h{preview.isAtOnce ? peopleText(preview.reviewers) : ""}
          , and you owe a decision by its end.
        </li>
      </ul>
    </section>
  );
}

function peopleText(names: readonly string[]): string {
  if (names.length === 0) return ", and nobody else may give it: ask an administrator";
  const shown = names.slice(0, 3).join(", ");
  return ` (${shown}${names.length > 3 ? `, ${names.length - 3} more` : ""})`;
}
