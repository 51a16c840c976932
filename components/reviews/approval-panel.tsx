import { CircleCheck, CircleDashed, ShieldOff } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ChangeView } from "#lib/reviews/view.ts";

/** Who is still needed, who has spoken, and what was passed over. */
export function ApprovalPanel({ view, now }: { readonly view: ChangeView; readonly now: Date }) {
  const { status, request, exceptions } = view;
  const isOver = request.state === "applied" || request.state === "closed";
  return (
    <Card labelledBy="approvals">
      <CardHeader title="Approvals" titleId="approvals" />
      <CardBody className="grid gap-3 text-sm">
        {isOver ? null : status.needed.length > 0 ? (
          <ul className="grid gap-1.5">
            {status.needed.map((need) => (
              <Line key={need} icon={<CircleDashed aria-hidden className="size-4 text-muted" />}>
                {need}
              </Line>
            ))}
          </ul>
        ) : (
          <Line icon={<CircleCheck aria-hidden className="size-4 text-ok-fg" />} as="p">
            Every approval is given
          </Line>
        )}
        {status.environments.length > 0 ? <Progress view={view} /> : null}
        {status.approvals.length > 0 ? (
          <ul className="grid gap-2 border-t border-border pt-3" aria-label="Approvals given">
            {status.approvals.map((approval) => (
              <li key={approval.reviewId} className="flex gap-2">
                <Avatar name={approval.reviewerName} size="sm" />
                <span className="min-w-0">
                  <TextLink quiet href={`/changes/${request.number}#review-${approval.reviewId}`}>
                    {approval.reviewerName}
                  </TextLink>
                  <span className="block text-xs text-muted">
                    {approval.staleBecause
                      ? `Does not count: ${approval.staleBecause}`
                      : [approval.environments.join(", "), ...approval.groups].filter(Boolean).join(" · ")}
                  </span>
                </span>
                <span className="ml-auto">
                  {approval.staleBecause ? (
                    <StatusBadge tone="warn">Stale</StatusBadge>
                  ) : (
                    <StatusBadge tone="ok">Counts</StatusBadge>
                  )}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {exceptions.length > 0 ? (
          <ul className="grid gap-2 border-t border-border pt-3" aria-label="Exceptions">
            {exceptions.map((one) => (
              <Line key={one.id} icon={<ShieldOff aria-hidden className="size-4 text-warn-fg" />}>
                {one.grantedByName} set {one.gate.replaceAll("_", " ")}
                {one.item ? ` (${one.item})` : ""} aside
                <span className="block text-xs text-muted">
                  {one.isInForce ? "Until" : "Was until"} <Time at={one.expiresAt} now={now} precision="minute" />:{" "}
                  {one.reason}
                </span>
              </Line>
            ))}
          </ul>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Line({
  icon,
  as: Element = "li",
  children,
}: {
  readonly icon: ReactNode;
  readonly as?: "li" | "p";
  readonly children: ReactNode;
}) {
  return (
    <Element className="flex gap-2">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </Element>
  );
}

/** What each environment asks for and has. */
function Progress({ view }: { readonly view: ChangeView }) {
  const nameOf = (slug: string) => view.pipeline.find((one) => one.slug === slug)?.name ?? slug;
  return (
    <ul className="grid gap-1" aria-label="Approvals by environment">
      {view.status.environments.map((one) => (
        <li key={one.environment} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="grow text-muted">{nameOf(one.environment)}</span>
          {one.groups.map(({ group, approvals }) => (
            <Badge key={group} tone={givenBy(one, group) >= approvals ? "ok" : "neutral"}>
              {group} {givenBy(one, group)} of {approvals}
            </Badge>
          ))}
          <Badge tone={one.given >= one.approvals ? "ok" : "neutral"}>
            {one.given} of {one.approvals}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function givenBy(progress: ChangeView["status"]["environments"][number], group: string): number {
  return progress.groupsGiven.find((one) => one.group === group)?.given ?? 0;
}

/** The facts of the request for those who need them exactly. */
export function DetailsPanel({ view }: { readonly view: ChangeView }) {
  const { request, requirements } = view;
  return (
    <Card labelledBy="details">
      <CardHeader title="Details" titleId="details" />
      <CardBody>
        <dl className="grid gap-2 text-sm">
          {view.bundles.map((bundle) => (
            <Fact key={bundle.slug} term={bundle.slug}>
              {view.comesFrom[bundle.slug] ?? "nothing"} →{" "}
              {bundle.href ? <TextLink href={bundle.href}>{numberOf(bundle)}</TextLink> : numberOf(bundle)}
              {bundle.draftId && view.can.edit ? (
                <TextLink href={`/drafts/${bundle.draftId}`} className="block w-fit">
                  Edit in the draft
                </TextLink>
              ) : null}
            </Fact>
          ))}
          <Fact term="Content">
            <Digest value={request.contentDigest} />
          </Fact>
          <Fact term="Revision">
            {view.revisions.length === 1
              ? "The first"
              : `${request.contentRevision}, by ${view.revisions[0]?.createdBy ?? request.authorName}`}
          </Fact>
          <Fact term="Proposed">
            <Time at={request.createdAt} precision="minute" />
          </Fact>
          <Fact term="Last change">
            <Time at={request.updatedAt} precision="minute" />
          </Fact>
          {request.incident ? <Fact term="Incident">{request.incident}</Fact> : null}
          <Fact term="Policies">
            {requirements.policies.map((policy) => policy.title).join(", ") || "None; one approval is needed"}
          </Fact>
        </dl>
      </CardBody>
    </Card>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3">
      <dt className="text-muted [overflow-wrap:anywhere]">{term}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

/** The label without the slug that stands beside it. */
function numberOf(bundle: ChangeView["bundles"][number]): string {
  return bundle.label.slice(bundle.slug.length).trim() || bundle.label;
}
