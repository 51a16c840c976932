import { HealthBadge } from "#components/drift/badges.tsx";
import { DigestState } from "#components/fleets/digest-place.tsx";
import { SilentBadge } from "#components/fleets/silent-badge.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { LinkButton } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { formatComparable } from "#lib/releases/comparable.ts";
import type { InstancePage } from "#lib/runtimes/views.ts";

/** Everything that is known of one running instance. */
export function InstanceView({
  view,
  fleetHref,
  retire,
  now,
}: {
  readonly view: InstancePage;
  readonly fleetHref: string;
  readonly retire: FormAction;
  readonly now: Date;
}) {
  const place = { system: view.system.slug, environment: view.environment.slug, bundle: view.bundle.slug };
  const declared = encodeURIComponent(formatComparable({ type: "environment", ...place }));
  const own = encodeURIComponent(formatComparable({ type: "instance", id: view.id }));
  return (
    <div className="grid gap-4">
      <Card labelledBy="runs">
        <CardHeader
          title="What it runs"
          titleId="runs"
          actions={
            <>
              {view.hasDocument && view.servedDigest !== null ? (
                <LinkButton size="sm" href={`/compare?left=${declared}&right=${own}`}>
                  Compare with what is declared
                </LinkButton>
              ) : null}
              {view.can.retire ? <Retire view={view} fleetHref={fleetHref} action={retire} /> : null}
            </>
          }
        />
        <CardBody>
          <DescriptionList
            columns={2}
            items={[
              {
                term: "Sync",
                value: view.isSilent ? (
                  <SilentBadge />
                ) : (
                  <DigestState digest={view.digest} sync={view.sync} unreadable={view.unreadable} />
                ),
              },
              {
                term: "Health",
                value: (
                  <span className="inline-flex flex-wrap items-center gap-2">
                    <HealthBadge health={view.health} note={view.healthNote} />
                    {view.healthNote}
                  </span>
                ),
              },
              {
                term: "Runs",
                value: view.digest === null ? (view.unreadable ?? "could not be read") : <Digest value={view.digest} />,
              },
              {
                term: "Is served",
                value: view.servedDigest === null ? "nothing is deployed" : <Digest value={view.servedDigest} />,
              },
              { term: "Build", value: view.build ?? "not reported" },
              { term: "Client", value: view.client ?? "not reported" },
              { term: "Last heard", value: <Time at={view.lastSeenAt} now={now} show="both" /> },
              {
                term: view.isSilent ? "Silent since" : "Silent from",
                value: (
                  <>
                    <Time at={view.silentFrom} now={now} show="both" />
                    <span className="text-muted"> · reports every {view.intervalSeconds} s</span>
                  </>
                ),
              },
              { term: "First heard", value: <Time at={view.firstSeenAt} now={now} show="both" precision="minute" /> },
              { term: "Last change", value: <Time at={view.changedAt} now={now} show="both" precision="minute" /> },
              {
                term: "Last restore",
                value: view.restored ? (
                  <>
                    <TextLink href="/drift/remediations">R-{view.restored.number}</TextLink> {view.restored.state},{" "}
                    <Time at={view.restored.startedAt} now={now} show="relative" />
                  </>
                ) : (
                  "none"
                ),
              },
            ]}
          />
        </CardBody>
      </Card>
      <Card labelledBy="models">
        <CardHeader
          title="Models"
          titleId="models"
          description="What was asked of a provider, and what the provider says it served"
        />
        {view.models.length > 0 ? (
          <Table label="Models">
            <TableHead>
              <Th>Parameter</Th>
              <Th>Requested</Th>
              <Th>Served</Th>
              <Th>Fingerprint</Th>
            </TableHead>
            <TableBody>
              {view.models.map((model) => (
                <Tr key={model.pointer}>
                  <Td phone="primary">
                    <code className="font-mono text-xs">{model.pointer}</code>
                  </Td>
                  <Td>{model.requested}</Td>
                  <Td>{model.served ?? <span className="text-muted">not said</span>}</Td>
                  <Td className="font-mono text-xs">{model.fingerprint}</Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
        ) : (
          <EmptyState level={3} title="It reported no model">
            A report may say for each model what was requested and what the provider served.
          </EmptyState>
        )}
      </Card>
      {view.firstReported.length > 0 ? (
        <Card labelledBy="first">
          <CardHeader title="Digests that it was the first to report" titleId="first" />
          <Table label="Digests that it was the first to report">
            <TableHead>
              <Th>Digest</Th>
              <Th>First seen</Th>
              <Th>Last seen</Th>
            </TableHead>
            <TableBody>
              {view.firstReported.map((one) => (
                <Tr key={one.digest}>
                  <Td phone="primary">
                    <Digest value={one.digest} />
                  </Td>
                  <Td>
                    <Time at={one.firstSeenAt} now={now} show="both" precision="minute" />
                  </Td>
                  <Td>
                    <Time at={one.lastSeenAt} now={now} show="both" precision="minute" />
                  </Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
        </Card>
      ) : null}
    </div>
  );
}

function Retire({
  view,
  fleetHref,
  action,
}: {
  readonly view: InstancePage;
  readonly fleetHref: string;
  readonly action: FormAction;
}) {
  return (
    <ConfirmDialog
      trigger={{ label: "Retire", size: "sm" }}
      title={`Retire ${view.instance}`}
      description="It fell silent. Retired, it counts no more; should it report again, it is back by itself."
      confirmLabel={`Retire ${view.instance}`}
      isDangerous={false}
      action={action}
      hidden={{ runtime: view.id, fleetHref }}
    >
      <Field label="Reason" name="reason" required hint="Auditors read it.">
        <Textarea rows={2} />
      </Field>
    </ConfirmDialog>
  );
}
