import type { Metadata } from "next";
import { FindingKindBadge, FindingStateBadge, SeverityBadge } from "#components/drift/badges.tsx";
import { FindingActions } from "#components/drift/finding-actions.tsx";
import { FindingView } from "#components/drift/finding-view.tsx";
import { filingHref } from "#components/hot-patches/words.ts";
import { Live } from "#components/shell/live.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { foundOrHidden } from "#lib/api/found.ts";
import { toYaml } from "#lib/bundles/edit-source.ts";
import { findingInstances } from "#lib/drift/queries/list-instances.ts";
import { showFinding } from "#lib/drift/queries/show-finding.ts";
import type { FindingPage as FindingPageView } from "#lib/drift/views.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { accept, acknowledge, acknowledgeAll, suppress, unsuppress } from "../actions.ts";

type Props = PageProps<"/drift/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { number } = await params;
  return { title: `F-${number}` };
}

const SHOWN = 20;

export default async function FindingPage({ params, searchParams }: Props) {
  const [{ number }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const { after } = firstOf(search, ["after"]);
  const [finding, affected] = await foundOrHidden(
    Promise.all([
      showFinding(actor, { finding: number }),
      findingInstances(actor, { finding: number, cursor: after, limit: SHOWN }),
    ]),
  );
  const now = new Date();
  const here = `/drift/${finding.number}`;
  const place = `/systems/${finding.system.slug}/environments/${finding.environment.slug}`;
  const { declared, observed } = finding.documents;
  return (
    <>
      <Live />
      <PageHeader
        breadcrumbs={[
          { label: "Drift", href: "/drift" },
          {
            label: `${finding.system.name}, ${finding.environment.name}`,
            href: `/drift?system=${finding.system.slug}&environment=${finding.environment.slug}`,
          },
        ]}
        title={finding.summary}
        suffix={`F-${finding.number}`}
        meta={
          <>
            <SeverityBadge severity={finding.severity} />
            <FindingKindBadge kind={finding.kind} />
            <FindingStateBadge state={finding.state} kind={finding.kind} title={finding.reason ?? undefined} />
            <span>
              <TextLink quiet href={`/systems/${finding.system.slug}`}>
                {finding.system.name}
              </TextLink>{" "}
              ·{" "}
              <TextLink quiet href={place}>
                {finding.environment.name}
              </TextLink>{" "}
              ·{" "}
              <TextLink quiet href={`/systems/${finding.system.slug}/bundles/${finding.bundle.slug}`}>
                {finding.bundle.name}
              </TextLink>
            </span>
            <span>
              since <Time at={finding.openedAt} now={now} show="relative" />
            </span>
            <CopyButton link={here} label="Copy link to this finding" />
          </>
        }
        actions={
          <>
            {finding.can.ignore && finding.pointer !== "" && finding.state !== "resolved" && !finding.hiddenBy ? (
              <LinkButton
                variant="ghost"
                href={`/drift/ignore-rules?system=${finding.system.slug}&pattern=${encodeURIComponent(finding.pointer)}`}
              >
                Ignore…
              </LinkButton>
            ) : null}
            {finding.can.triage && mayAnywhere(actor, "hot-patch:file") && isPatchable(finding) ? (
              <LinkButton
                variant="ghost"
                href={filingHref({
                  system: finding.system.slug,
                  environment: finding.environment.slug,
                  bundle: finding.bundle.slug,
                  pointer: finding.pointer,
                })}
              >
                Hot-patch…
              </LinkButton>
            ) : null}
            <FindingActions
              finding={finding}
              can={finding.can}
              deeds={{ acknowledge, acknowledgeAll, suppress, unsuppress, accept }}
            />
          </>
        }
      />
      <FindingView
        finding={finding}
        texts={declared && observed ? { declared: toYaml(declared), observed: toYaml(observed) } : null}
        instances={{
          rows: affected.items,
          firstHref: after ? here : undefined,
          moreHref: affected.next ? `${here}?after=${affected.next}` : undefined,
        }}
        now={now}
      />
    </>
  );
}

/** A difference at a parameter that no patch explains: during an incident, another value may be what is needed. */
function isPatchable({ pointer, state, hotPatch }: FindingPageView): boolean {
  return pointer !== "" && state !== "resolved" && hotPatch === null;
}
