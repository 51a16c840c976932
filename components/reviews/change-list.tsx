import { CircleCheck, MessageSquare, MessageSquareWarning } from "lucide-react";
import { ChangeStateBadge, FurthestEnvironment, ScheduleBadge } from "#components/reviews/change-badges.tsx";
import { counted, KIND_WORD } from "#components/reviews/words.ts";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ChangeState, ScheduleState } from "#lib/reviews/model.ts";
import type { ChangeKind } from "#lib/systems/model.ts";

export type ChangeRow = {
  readonly number: number;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly state: ChangeState;
  readonly authorName: string;
  readonly environments: readonly string[];
  readonly scheduleState: ScheduleState;
  readonly scheduledFor: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly system: { readonly slug: string; readonly name: string };
  readonly reviews: readonly { readonly reviewerName: string; readonly verdict: string }[];
  readonly unresolved: number;
};

/** Change requests, one dense row each; on a phone two lines. */
export function ChangeList({ rows, now }: { readonly rows: readonly ChangeRow[]; readonly now: Date }) {
  return (
    <Table label="Change requests">
      <TableHead>
        <Th>Change request</Th>
        <Th>System</Th>
        <Th>Environments</Th>
        <Th>State</Th>
        <Th>Reviews</Th>
        <Th>Talk</Th>
        <Th end>Last change</Th>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <Tr key={row.number} href={`/changes/${row.number}`}>
            <Td phone="primary" className="min-w-52">
              <TextLink quiet href={`/changes/${row.number}`}>
                {row.title}
              </TextLink>{" "}
              <span className="text-muted">#{row.number}</span>
              <span className="block text-xs text-muted">
                {KIND_WORD[row.kind]} · {row.authorName}
              </span>
            </Td>
            <Td>
              <TextLink quiet className="font-normal! whitespace-nowrap" href={`/systems/${row.system.slug}`}>
                {row.system.name}
              </TextLink>
            </Td>
            <Td>
              <span className="flex gap-1">
                <FurthestEnvironment environments={row.environments} />
              </span>
            </Td>
            <Td phone="end">
              <span className="flex flex-wrap gap-1">
                <ChangeStateBadge state={row.state} />
                <ScheduleBadge state={row.scheduleState} at={row.scheduledFor} isShort />
              </span>
            </Td>
            <Td>
              <Verdicts reviews={row.reviews} />
            </Td>
            <Td>
              {row.unresolved > 0 ? (
                <span className="inline-flex items-center gap-1 text-muted" title="Unresolved conversations">
                  <MessageSquare aria-hidden className="size-3.5" />
                  {row.unresolved}
                  <span className="sr-only"> {row.unresolved === 1 ? "conversation" : "conversations"} unresolved</span>
                </span>
              ) : null}
            </Td>
            <Td end className="whitespace-nowrap text-muted">
              <Time at={row.updatedAt} now={now} show="relative" />
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}

const SHOWN = 2;

/** Who approved, and who asked for more. */
function Verdicts({ reviews }: { readonly reviews: ChangeRow["reviews"] }) {
  const names = (verdict: string) => [
    ...new Set(reviews.filter((one) => one.verdict === verdict).map((one) => one.reviewerName)),
  ];
  const approvers = names("approve");
  const critics = names("request_changes").filter((name) => !approvers.includes(name));
  const shown = (people: readonly string[]) =>
    people.length <= SHOWN
      ? people.join(", ")
      : `${people.slice(0, SHOWN).join(", ")} and ${counted(people.length - SHOWN, "other")}`;
  return (
    <>
      {approvers.length > 0 ? (
        <span className="flex items-start gap-1.5">
          <CircleCheck role="img" aria-label="Approved by" className="mt-0.5 size-3.5 shrink-0 text-ok-fg" />
          {shown(approvers)}
        </span>
      ) : null}
      {critics.length > 0 ? (
        <span className="flex items-start gap-1.5">
          <MessageSquareWarning
            role="img"
            aria-label="Changes requested by"
            className="mt-0.5 size-3.5 shrink-0 text-warn-fg"
          />
          {shown(critics)}
        </span>
      ) : null}
    </>
  );
}
