import { DELIVERY_LOOK } from "#components/alerts/words.ts";
import { StatusBadge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import type { DeliveryState } from "#lib/alerts/model.ts";

export type ShownDelivery = {
  readonly id: string;
  /** Null: a test. */
  readonly alert: { readonly title: string; readonly href: string } | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly lastError: string | null;
};

/** What a channel was sent, newest first. */
export function DeliveryTable({
  deliveries,
  now,
}: {
  readonly deliveries: readonly ShownDelivery[];
  readonly now: Date;
}) {
  if (deliveries.length === 0) {
    return <EmptyState title="Nothing was sent yet">A test shows at once whether messages arrive.</EmptyState>;
  }
  return (
    <Table label="Deliveries">
      <TableHead>
        <Th>Message</Th>
        <Th>Raised</Th>
        <Th end>Attempts</Th>
        <Th>State</Th>
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <Tr key={delivery.id}>
            <Td phone="primary">
              {delivery.alert ? <TextLink href={delivery.alert.href}>{delivery.alert.title}</TextLink> : "A test"}
              {delivery.state !== "sent" && delivery.lastError ? (
                <span className="block text-xs text-muted [overflow-wrap:anywhere]">{delivery.lastError}</span>
              ) : null}
            </Td>
            <Td>
              <Time at={delivery.createdAt} now={now} show="relative" />
            </Td>
            <Td end>{delivery.attempts}</Td>
            <Td phone="end">
              <StatusBadge tone={DELIVERY_LOOK[delivery.state].tone}>{DELIVERY_LOOK[delivery.state].word}</StatusBadge>
              {delivery.nextAttemptAt && delivery.attempts > 0 ? (
                <span className="block text-xs text-muted">
                  again <Time at={delivery.nextAttemptAt} now={now} show="relative" />
                </span>
              ) : null}
            </Td>
          </Tr>
        ))}
      </TableBody>
    </Table>
  );
}
