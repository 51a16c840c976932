import { PHASE_WORD } from "#components/hot-patches/words.ts";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { Countdown } from "#components/ui/countdown.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { OpenHotPatch } from "#lib/hot-patches/queries/open-hot-patches.ts";
import type { HotPatchRow } from "#lib/hot-patches/queries/rows.ts";

type Owed = {
  readonly followUps: readonly HotPatchRow[];
  readonly approvals: readonly HotPatchRow[];
  readonly reviews: readonly HotPatchRow[];
};

type Item = Pick<OpenHotPatch, "number" | "name" | "incident" | "system" | "environment"> & {
  readonly what: string;
  readonly until: Date;
  readonly from?: Date;
};

/** What hot-patches owe: first what this person has to do, then what others have to, each by time left. */
export function HotPatchCard({
  owed,
  open,
  now,
}: {
  readonly owed: Owed;
  readonly open: readonly OpenHotPatch[];
  readonly now: Date;
}) {
  const items = itemsOf(owed, open);
  return (
    <Card labelledBy="waiting-hot-patches">
      <CardHeader
        title="Hot-patches by time left"
        titleId="waiting-hot-patches"
        actions={
          <TextLink href="/hot-patches" className="inline-flex min-h-6 items-center text-sm">
            See all
          </TextLink>
        }
      />
      {items.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">None is open, and none waits for its follow-up.</p>
      ) : (
        <ul className="divide-y divide-border">
          {items.map((item) => (
            <li
              key={`${item.number} ${item.what}`}
              data-row-href={`/hot-patches/${item.number}`}
              className="grid gap-1 px-4 py-2.5 text-sm"
            >
              <TextLink quiet href={`/hot-patches/${item.number}`}>
                {item.what} <span className="font-normal text-muted">{item.name}</span>
              </TextLink>
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
                <Countdown until={item.until} from={item.from} now={now} label={`${item.what} ${item.name}`} />
                {item.system.name} · {item.environment.name} · {item.incident}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function itemsOf(owed: Owed, open: readonly OpenHotPatch[]): readonly Item[] {
  const from = (row: HotPatchRow) => row.activatedAt ?? row.filedAt;
  const mine: readonly Item[] = [
    ...owed.approvals.map((row) => ({ ...row, what: "Approve or deny", until: row.expiresAt, from: row.filedAt })),
    ...owed.followUps.map((row) => ({
      ...row,
      what: "Decide the follow-up",
      until: row.followUp.dueAt,
      from: from(row),
    })),
    ...owed.reviews.map((row) => ({ ...row, what: "Review after the fact", until: row.review.dueAt, from: from(row) })),
  ].sort((a, b) => a.until.getTime() - b.until.getTime());
  const known = new Set(mine.map((item) => item.number));
  const others = open
    .filter((patch) => !known.has(patch.number))
    .map((patch) => ({
      ...patch,
      what: othersWords(patch),
      until: patch.expiresAt,
    }));
  return [...mine, ...others];
}

/** Of a patch that waits for somebody else; one that is decided already only waits for its end. */
function othersWords(patch: OpenHotPatch): string {
  if (patch.phase === "requested") return "Waits for an approval";
  return patch.isFollowUpOverdue ? `${patch.ownerName} decides` : PHASE_WORD[patch.phase];
}
