import { Mail, MessageSquare, Webhook } from "lucide-react";
import { KIND_WORD, topicsInWords } from "#components/alerts/words.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ChannelKind } from "#lib/alerts/model.ts";

type Deliveries = {
  readonly sent: number;
  readonly waiting: number;
  readonly givenUp: number;
  readonly lastSentAt: Date | null;
  readonly lastError: string | null;
};

type ShownChannel = {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly system: { readonly slug: string; readonly name: string } | null;
  readonly environments: readonly string[];
  readonly topics: readonly string[];
  readonly minimumSeverity: string;
  readonly disabledAt: Date | null;
  readonly disabledReason: string | null;
  readonly deliveries: Deliveries;
};

const ICON = { email: Mail, webhook: Webhook, slack: MessageSquare } as const;

/** Where alerts go, and how that is going. */
export function ChannelTable({ channels, now }: { readonly channels: readonly ShownChannel[]; readonly now: Date }) {
  if (channels.length === 0) {
    return (
      <EmptyState title="No channels yet">
        Alerts are in the inboxes of the people whom they concern. A channel sends them elsewhere too: by e-mail, to
        Slack, or to a program.
      </EmptyState>
    );
  }
  return (
    <Table label="Alert channels">
      <TableHead>
        <Th>Channel</Th>
        <Th>Told about</Th>
        <Th>Last sent</Th>
        <Th>State</Th>
      </TableHead>
      <TableBody>
        {channels.map((channel) => {
          const Icon = ICON[channel.kind];
          return (
            <Tr key={channel.id}>
              <Td phone="primary">
                <TextLink href={`/settings/alerts/${channel.id}`}>{channel.name}</TextLink>
                <span className="flex items-center gap-1.5 text-xs text-muted">
                  <Icon aria-hidden className="size-3.5 shrink-0" />
                  <span>{KIND_WORD[channel.kind]}</span>
                  <span className="min-w-0 [overflow-wrap:anywhere]">{channel.address}</span>
                </span>
              </Td>
              <Td>
                {topicsInWords(channel.topics)}
                {channel.minimumSeverity === "low" ? null : `, ${channel.minimumSeverity} and above`}
                <span className="block text-xs text-muted">
                  {channel.system?.name ?? "every system"},{" "}
                  {channel.environments.length > 0 ? channel.environments.join(", ") : "every environment"}
                </span>
              </Td>
              <Td>
                {channel.deliveries.lastSentAt ? (
                  <Time at={channel.deliveries.lastSentAt} now={now} show="relative" />
                ) : (
                  "never"
                )}
              </Td>
              <Td phone="end">
                <ChannelState channel={channel} />
              </Td>
            </Tr>
          );
        })}
      </TableBody>
    </Table>
  );
}

/** Whether it works: what is given up is lost to it, what waits may still arrive. */
export function ChannelState({
  channel: { disabledAt, disabledReason, deliveries },
}: {
  readonly channel: Pick<ShownChannel, "disabledAt" | "disabledReason" | "deliveries">;
}) {
  if (disabledAt) {
    return (
      <StatusBadge tone="neutral" title={disabledReason ?? undefined}>
        Disabled
      </StatusBadge>
    );
  }
  const { waiting, givenUp, lastError } = deliveries;
  if (waiting > 0 && lastError) {
    return (
      <StatusBadge tone="warn" title={lastError}>
        {waiting} waiting
      </StatusBadge>
    );
  }
  if (givenUp > 0) {
    return (
      <StatusBadge tone="danger" title={lastError ?? undefined}>
        {givenUp} given up
      </StatusBadge>
    );
  }
  return <StatusBadge tone="ok">Working</StatusBadge>;
}
