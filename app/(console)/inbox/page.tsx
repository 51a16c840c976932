import type { Metadata } from "next";
import { ActionForm } from "#components/ui/action-form.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Table, TableBody, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { listNotifications } from "#lib/accounts/queries/own.ts";
import { requireActor } from "#lib/accounts/session.ts";
import { firstOf } from "#lib/kernel/search-params.ts";
import { readAll } from "./actions.ts";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage({ searchParams }: PageProps<"/inbox">) {
  const [actor, params] = await Promise.all([requireActor(), searchParams]);
  const { after } = firstOf(params, ["after"]);
  const { notifications, unread, nextCursor } = await listNotifications(actor, { cursor: after });
  const now = new Date();
  return (
    <>
      <PageHeader
        title="Inbox"
        meta={unread === 0 ? "Nothing unread" : `${unread} unread`}
        actions={
          unread > 0 ? (
            <ActionForm action={readAll} label="Mark everything as read" className="">
              <SubmitButton variant="secondary">Mark all as read</SubmitButton>
            </ActionForm>
          ) : null
        }
      />
      <Card>
        {notifications.length === 0 ? (
          <EmptyState title="Nothing has been addressed to you">
            Requests that need your review, verdicts on your own, overrides that passed you over and schedules that were
            suspended appear here.
          </EmptyState>
        ) : (
          <Table label="Notifications">
            <TableHead>
              <Th>What happened</Th>
              <Th>When</Th>
            </TableHead>
            <TableBody>
              {notifications.map((one) => (
                <Tr key={one.id} href={one.href}>
                  <Td phone="primary">
                    <TextLink quiet href={one.href} className={one.readAt ? "font-normal text-muted" : undefined}>
                      {one.text}
                    </TextLink>
                    {one.readAt ? null : <span className="sr-only"> (unread)</span>}
                  </Td>
                  <Td>
                    <Time at={one.createdAt} now={now} show="both" precision="minute" />
                  </Td>
                </Tr>
              ))}
            </TableBody>
          </Table>
        )}
        <Pager
          newerLabel="Newest"
          newerHref={after ? "/inbox" : undefined}
          olderHref={nextCursor ? `/inbox?after=${encodeURIComponent(nextCursor)}` : undefined}
        />
      </Card>
    </>
  );
}
