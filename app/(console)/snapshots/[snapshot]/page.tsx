import type { Metadata } from "next";
import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { ParameterList } from "#components/releases/parameter-list.tsx";
import { VouchersView } from "#components/releases/vouchers.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { type Description, DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import type { Json } from "#lib/kernel/json.ts";
import { leavesOf } from "#lib/kernel/pointer.ts";
import type { DeploymentState, Verification } from "#lib/releases/model.ts";
import { showSnapshot } from "#lib/releases/queries.ts";

export async function generateMetadata({ params }: PageProps<"/snapshots/[snapshot]">): Promise<Metadata> {
  return { title: `Snapshot S-${(await params).snapshot}` };
}

export default async function SnapshotPage({ params }: PageProps<"/snapshots/[snapshot]">) {
  const [{ snapshot: number }, actor] = await Promise.all([params, requireActor()]);
  const snapshot = await found(showSnapshot(actor, { snapshot: number }));
  const now = new Date();
  const { bundle, environment, version, current } = snapshot;
  const place = `environment:${bundle.system.slug}/${environment.slug}/${bundle.slug}`;
  const compare = (left: string) =>
    `/compare?left=${encodeURIComponent(left)}&right=${encodeURIComponent(`snapshot:${snapshot.number}`)}`;
  const scope = { systemId: snapshot.systemId, environment: environment.slug };
  const differs = current !== null && current.effectiveDigest !== snapshot.effectiveDigest;
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: bundle.system.name, href: `/systems/${bundle.system.slug}` },
          { label: environment.name, href: `/systems/${bundle.system.slug}/environments/${environment.slug}` },
        ]}
        title={`${bundle.name} ${version.semver} in ${environment.name}`}
        suffix={`S-${snapshot.number}`}
        meta={
          <>
            Captured <Time at={snapshot.createdAt} now={now} show="both" />
            <Digest value={snapshot.effectiveDigest} />
          </>
        }
        actions={
          <>
            {snapshot.previous ? (
              <LinkButton href={compare(`snapshot:${snapshot.previous}`)}>Compare with the one before</LinkButton>
            ) : null}
            <LinkButton href={compare(place)}>Compare with what runs now</LinkButton>
            {current && current.number !== snapshot.number && may(actor, "change:create", scope) ? (
              <LinkButton
                variant="primary"
                href={`/changes/new?kind=rollback&system=${bundle.system.slug}&environment=${environment.slug}&snapshot=${snapshot.number}`}
              >
                Propose rollback to this
              </LinkButton>
            ) : null}
          </>
        }
      />
      <div className="grid gap-4">
        {differs ? (
          <Callout
            tone="info"
            title={`${environment.name} now declares snapshot S-${current.number}, which differs from this one`}
            actions={<LinkButton href={compare(`snapshot:${current.number}`)}>See what differs</LinkButton>}
          />
        ) : null}
        <Card labelledBy="deployments">
          <CardHeader title="Deployment" titleId="deployments" />
          <CardBody>
            <DescriptionList
              columns={2}
              items={[
                ...snapshot.deployments.flatMap(deploymentFacts),
                { term: "Version", value: <TextLink href={`/versions/${version.id}`}>{version.semver}</TextLink> },
                { term: "Version digest", value: <Digest value={snapshot.versionDigest} /> },
                { term: "Effective digest", value: <Digest value={snapshot.effectiveDigest} /> },
                { term: "Rules digest", value: <Digest value={snapshot.rulesDigest} /> },
                ...(snapshot.underHotPatch
                  ? [
                      {
                        term: "Under a hot-patch",
                        value: (
                          <>
                            Yes: one was in force on top, so it is never the last known-good{" "}
                            <TextLink
                              href={`/hot-patches?system=${bundle.system.slug}&environment=${environment.slug}`}
                            >
                              Hot-patches there
                            </TextLink>
                          </>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </CardBody>
        </Card>
        <Card labelledBy="vouchers">
          <CardHeader
            title="What vouched for it"
            titleId="vouchers"
            description="Captured with the snapshot; never computed again."
          />
          <VouchersView vouchers={snapshot.vouchers} />
        </Card>
        <Card labelledBy="configuration">
          <CardHeader
            title="Effective configuration"
            titleId="configuration"
            description="By value, as it was deployed."
          />
          <ParameterList leaves={leavesOf(snapshot.effective as Json)} />
        </Card>
      </div>
    </>
  );
}

type DeploymentOfSnapshot = Awaited<ReturnType<typeof showSnapshot>>["deployments"][number];

/** When it took effect and by whose hand, whether it was seen running, and when something else took its place. */
function deploymentFacts(deployment: DeploymentOfSnapshot): readonly Description[] {
  const { number, state, changeRequest, deployedBy, createdAt, endedAt } = deployment;
  const seen = deployment.verification as Verification | null;
  return [
    { term: `Deployment #${number}`, value: <DeploymentStateBadge state={state as DeploymentState} /> },
    {
      term: "Change request",
      value: (
        <TextLink href={`/changes/${changeRequest.number}`}>
          #{changeRequest.number} {changeRequest.title}
        </TextLink>
      ),
    },
    {
      term: "Took effect",
      value: (
        <>
          <Time at={createdAt} precision="minute" /> by {deployedBy}
        </>
      ),
    },
    { term: "Ran until", value: endedAt ? <Time at={endedAt} precision="minute" /> : "It still does" },
    {
      term: "Seen running",
      value: seen ? (
        <>
          <Time at={new Date(seen.at)} precision="minute" /> by {seen.by}
          <span className="block text-muted">{seen.evidence}</span>
        </>
      ) : (
        "Nobody said so"
      ),
    },
  ];
}
