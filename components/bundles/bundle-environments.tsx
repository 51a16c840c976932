import { DeploymentStateBadge } from "#components/releases/deployment-state.tsx";
import { EnvironmentBadge } from "#components/systems/badges.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeploymentState } from "#lib/releases/model.ts";

type VersionRef = { readonly id: string; readonly semver: string };

export type BundleEnvironment = {
  readonly slug: string;
  readonly name: string;
  readonly deployment: {
    readonly number: number;
    readonly state: string;
    readonly createdAt: Date;
    readonly deployedBy: string;
    readonly changeRequest: { readonly number: number; readonly title: string };
    readonly snapshot: { readonly number: number; readonly effectiveDigest: string; readonly version: VersionRef };
  } | null;
};

/** What could be promoted next: the newest version into the first stage, else what the stage before runs. */
export function promotable(
  environments: readonly BundleEnvironment[],
  newest: VersionRef | null,
): readonly (VersionRef | null)[] {
  return environments.map((environment, index) => {
    const candidate = index === 0 ? newest : (environments[index - 1]?.deployment?.snapshot.version ?? null);
    return candidate && candidate.id !== environment.deployment?.snapshot.version.id ? candidate : null;
  });
}

/** What every environment runs of a bundle, and what could follow. */
export function BundleEnvironments({
  place,
  environments,
  newest,
  mayPropose,
  now,
}: {
  readonly place: { readonly system: string; readonly bundle: string };
  readonly environments: readonly BundleEnvironment[];
  readonly newest: VersionRef | null;
  readonly mayPropose: boolean;
  readonly now: Date;
}) {
  const next = promotable(environments, newest);
  return (
    <Table label="What each environment runs">
      <TableHead>
        <Th>Environment</Th>
        <Th>Version</Th>
        <Th>Effective digest</Th>
        <Th>State</Th>
        <Th>Since</Th>
        <Th>By</Th>
        <Th>
          <span className="sr-only">Promote</span>
        </Th>
      </TableHead>
      <TableBody>
        {environments.map((environment, index) => {
          const { deployment } = environment;
          const candidate = next[index] ?? null;
          const href = `/systems/${place.system}/environments/${environment.slug}`;
          return (
            <Tr key={environment.slug} href={href}>
              <Td phone="primary">
                <TextLink href={href} quiet>
                  <EnvironmentBadge name={environment.name} isLast={index === environments.length - 1} />
                </TextLink>
              </Td>
              {deployment ? (
                <>
                  <Td>
                    <TextLink href={`/versions/${deployment.snapshot.version.id}`} className="font-mono text-xs">
                      {deployment.snapshot.version.semver}
                    </TextLink>{" "}
                    <TextLink href={`/snapshots/${deployment.snapshot.number}`} className="text-xs">
                      S-{deployment.snapshot.number}
                    </TextLink>
                  </Td>
                  <Td>
                    <Digest value={deployment.snapshot.effectiveDigest} />
                  </Td>
                  <Td>
                    <DeploymentStateBadge state={deployment.state as DeploymentState} />
                  </Td>
                  <Td>
                    <Time at={deployment.createdAt} now={now} precision="minute" show="both" />
                  </Td>
                  <Td>
                    {deployment.deployedBy} ·{" "}
                    <TextLink
                      href={`/changes/${deployment.changeRequest.number}`}
                      title={deployment.changeRequest.title}
                    >
                      #{deployment.changeRequest.number}
                    </TextLink>
                  </Td>
                </>
              ) : (
                <Td colSpan={5}>
                  <span className="text-muted">Nothing of it was deployed here yet</span>
                </Td>
              )}
              <Td phone="end" end>
                {candidate && mayPropose ? (
                  <LinkButton
                    size="sm"
                    href={`/changes/new?kind=promotion&system=${place.system}&environment=${environment.slug}&version=${candidate.id}`}
                  >
                    Propose {candidate.semver}
                    <span className="sr-only"> for {environment.name}</span>
                  </LinkButton>
                ) : null}
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}
