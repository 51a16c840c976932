import { CircleCheck, CircleDashed, ShieldOff } from "lucide-react";
import type { ReactNode } from "react";
import { counted } from "#components/reviews/words.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge, StatusBadge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
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
      <CardBody className="py-2!">
        <DescriptionList
          items={[
            ...view.bundles.map((bundle) => ({
              term: bundle.slug,
              value: (
                <>
                  {view.comesFrom[bundle.slug] ?? "nothing"} →{" "}
                  {bundle.href ? (
                    <TextLink href={bundle.href}>{bundle.label}</TextLink>
                  ) : bundle.draftId && request.state !== "applied" ? (
                    <>
                      {bundle.label} <TextLink href={`/drafts/${bundle.draftId}`}>Edit in the draft</TextLink>
                    </>
                  ) : (
                    bundle.label
                  )}
                </>
              ),
            })),
            { term: "Content", value: <Digest value={request.contentDigest} /> },
            {
              term: "Revision",
              value: `${request.contentRevision} of ${counted(view.revisions.length, "revision")}`,
            },
            { term: "Opened", value: <Time at={request.createdAt} precision="minute" /> },
            { term: "Last change", value: <Time at={request.updatedAt} precision="minute" /> },
            ...(request.incident ? [{ term: "Incident", value: request.incident }] : []),
            {
              term: "Policies",
              value: requirements.policies.map((policy) => policy.title).join(", ") || "None; one approval is needed",
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
