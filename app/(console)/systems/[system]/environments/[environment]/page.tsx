import type { Metadata } from "next";
import { PlaceState } from "#components/board/place-state.tsx";
import { filingHref } from "#components/hot-patches/words.ts";
import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { DeploymentTable } from "#components/releases/deployment-table.tsx";
import { HoldDialog, VerifyDialog } from "#components/releases/environment-actions.tsx";
import { Live } from "#components/shell/live.tsx";
import { ProductionMarker } from "#components/shell/production-marker.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Time } from "#components/ui/time.tsx";
import { may } from "#lib/access/may.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { found } from "#lib/api/found.ts";
import type { BoardBundle } from "#lib/insights/board-bundle.ts";
import { humanDuration } from "#lib/kernel/time.ts";
import type { DeploymentKind, DeploymentState } from "#lib/releases/model.ts";
import { showEnvironment } from "#lib/releases/queries.ts";
import { hold, lift } from "../../(frame)/environments/actions.ts";
import { verifyDeployment } from "./actions.ts";
import { loadRunning } from "./load.ts";

type Props = PageProps<"/systems/[system]/environments/[environment]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const place = await params;
  const { system, environment } = await loadRunning(place.system, place.environment);
  return { title: `${environment.name} · ${system.name}` };
}

export default async function EnvironmentPage({ params }: Props) {
  const [place, actor] = await Promise.all([params, requireActor()]);
  const [view, { bundles: running }] = await Promise.all([
    found(showEnvironment(actor, place)),
    loadRunning(place.system, place.environment),
  ]);
  const now = new Date();
  const { system, environment, freeze } = view;
  const scope = { systemId: system.id, environment: environment.slug };
  const heldAt = environment.heldAt;
  return (
    <>
      <Live />
      {view.isLast ? <ProductionMarker label={environment.name} /> : null}
      <PageHeader
        breadcrumbs={[
          { label: "Systems", href: "/systems" },
          { label: system.name, href: `/systems/${system.slug}` },
          { label: "Environments", href: `/systems/${system.slug}/environments` },
        ]}
        title={environment.name}
        meta={freeze.isAllowed ? freeze.reason : null}
        actions={
          <>
            <LinkButton href={`/systems/${system.slug}/environments/${environment.slug}/fleet`}>Fleet</LinkButton>
            {may(actor, "environment:hold", scope) ? (
              <HoldDialog
                place={place}
                name={environment.name}
                isHeld={heldAt !== null}
                action={heldAt ? lift : hold}
              />
            ) : null}
          </>
        }
      />
      <div className="grid gap-4">
        {heldAt ? (
          <Callout tone="warn" title={`On hold since ${heldAt.toISOString().slice(0, 16).replace("T", " ")} UTC`}>
            {environment.heldReason} ({environment.heldBy}). Nothing is promoted here until someone lifts the hold.
          </Callout>
        ) : null}
        {freeze.isAllowed ? null : (
          <Callout tone="warn" title={freeze.reason}>
            {freeze.changesAt ? (
              <>
                Until <Time at={freeze.changesAt} now={now} show="both" precision="minute" />
              </>
            ) : null}
          </Callout>
        )}
        {view.bundles.map((bundle) => (
          <Card key={bundle.id} labelledBy={`bundle-${bundle.slug}`}>
            <CardHeader
              titleId={`bundle-${bundle.slug}`}
              title={
                <TextLink quiet href={`/systems/${system.slug}/bundles/${bundle.slug}`}>
                  {bundle.name}
                </TextLink>
              }
              actions={
                <>
                  <LinkButton
                    size="sm"
                    variant="ghost"
                    href={`/deployments?system=${system.slug}&environment=${environment.slug}&bundle=${bundle.slug}`}
                  >
                    All deployments
                  </LinkButton>
                  {bundle.current && may(actor, "hot-patch:file", scope) ? (
                    <LinkButton size="sm" href={filingHref({ ...place, bundle: bundle.slug })}>
                      File a hot-patch
                      <span className="sr-only"> of {bundle.name}</span>
                    </LinkButton>
                  ) : null}
                  {may(actor, "change:create", scope) ? (
                    <RollbackButton
                      bundle={bundle}
                      href={`/changes/new?kind=rollback&system=${system.slug}&environment=${environment.slug}`}
                    />
                  ) : null}
                </>
              }
            />
            {bundle.current ? (
              <CardBody>
                <DescriptionList
                  columns={2}
                  items={[
                    {
                      term: "Running",
                      value: <Runs place={place} bundle={running.find((one) => one.slug === bundle.slug)} now={now} />,
                    },
                    {
                      term: "Declared",
                      value: (
                        <>
                          <TextLink href={`/versions/${bundle.current.snapshot.version.id}`}>
                            {bundle.current.snapshot.version.semver}
                          </TextLink>{" "}
                          <TextLink quiet href={`/snapshots/${bundle.current.snapshot.number}`}>
                            S-{bundle.current.snapshot.number}
                          </TextLink>
                        </>
                      ),
                    },
                    { term: "Effective digest", value: <Digest value={bundle.current.snapshot.effectiveDigest} /> },
                    {
                      term: "Since",
                      value: <Time at={bundle.current.createdAt} now={now} show="both" precision="minute" />,
                    },
                    {
                      term: "State",
                      value: (
                        <span className="inline-flex items-center gap-2">
                          <DeploymentStateBadge state={bundle.current.state as DeploymentState} />
                          {bundle.current.state === "pending" && may(actor, "deployment:verify", scope) ? (
                            <VerifyDialog
                              deployment={bundle.current.number}
                              expected={bundle.current.snapshot.effectiveDigest}
                              action={verifyDeployment}
                            />
                          ) : null}
                        </span>
                      ),
                    },
                    {
                      term: "Last known-good",
                      value: bundle.lastKnownGood ? (
                        <TextLink href={`/snapshots/${bundle.lastKnownGood}`}>S-{bundle.lastKnownGood}</TextLink>
                      ) : (
                        `None: no snapshot was verified and then ran for ${humanDuration(view.soakMinutes * 60_000)}`
                      ),
                    },
                  ]}
                />
              </CardBody>
            ) : (
              <EmptyState level={3} title="Nothing of it is deployed here">
                Promote a version that passed the stage before.
              </EmptyState>
            )}
            {bundle.deployments.length > 0 ? (
              <DeploymentTable
                label={`History of ${bundle.name} in ${environment.name}`}
                showPlace={false}
                now={now}
                rows={bundle.deployments.map((row) => ({
                  ...row,
                  kind: row.kind as DeploymentKind,
                  state: row.state as DeploymentState,
                }))}
              />
            ) : null}
          </Card>
        ))}
      </div>
    </>
  );
}

function Runs({
  place,
  bundle,
  now,
}: {
  readonly place: { readonly system: string; readonly environment: string };
  readonly bundle: BoardBundle | undefined;
  readonly now: Date;
}) {
  if (!bundle) return null;
  return <PlaceState place={{ ...place, bundle: bundle.slug }} running={bundle.running} next={bundle.next} now={now} />;
}

const GONE_WRONG: readonly string[] = ["rolled_back", "failed"] satisfies readonly DeploymentState[];

type Deployed = {
  readonly state: string;
  readonly snapshot: { readonly number: number; readonly effectiveDigest: string };
};

/** Back to the last known-good; where that is what runs, to what ran before it and did not have to go. */
function RollbackButton({
  bundle,
  href,
}: {
  readonly bundle: {
    readonly name: string;
    readonly current: Deployed | null;
    readonly lastKnownGood: number | null;
    /** Newest first. */
    readonly deployments: readonly Deployed[];
  };
  readonly href: string;
}) {
  const now = bundle.current?.snapshot;
  if (!now) return null;
  const isBetter = bundle.lastKnownGood !== null && bundle.lastKnownGood !== now.number;
  const before = bundle.deployments.find(
    (one) => one.snapshot.effectiveDigest !== now.effectiveDigest && !GONE_WRONG.includes(one.state),
  );
  const target = isBetter ? bundle.lastKnownGood : before?.snapshot.number;
  if (!target) return null;
  return (
    <LinkButton size="sm" href={`${href}&snapshot=${target}`}>
      {isBetter ? "Roll back to last known-good" : `Roll back to S-${target}`}
      <span className="sr-only"> of {bundle.name}</span>
    </LinkButton>
  );
}
