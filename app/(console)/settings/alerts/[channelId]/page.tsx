import type { Metadata } from "next";
import { AwaitDelivery } from "#components/alerts/await-delivery.tsx";
import { ChannelActions } from "#components/alerts/channel-actions.tsx";
import { ChannelState } from "#components/alerts/channel-table.tsx";
import { DeliveryTable } from "#components/alerts/delivery-table.tsx";
import { KIND_WORD, topicsInWords } from "#components/alerts/words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { queryOf, withParams } from "#components/ui/filter-url.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Time } from "#components/ui/time.tsx";
import { requireActor } from "#lib/accounts/session.ts";
import { showChannel } from "#lib/alerts/queries.ts";
import { found } from "#lib/api/found.ts";
import * as actions from "../actions.ts";
import { managedSystems } from "../systems.ts";

export const metadata: Metadata = { title: "Alert channel" };

export default async function ChannelPage({ params, searchParams }: PageProps<"/settings/alerts/[channelId]">) {
  const [{ channelId }, search, actor] = await Promise.all([params, searchParams, requireActor()]);
  const { channel, items, next } = await found(showChannel(actor, { channelId, cursor: search.after }));
  const systems = await managedSystems(actor);
  const now = new Date();
  const here = `/settings/alerts/${channel.id}`;
  const underWay = items.filter(({ state, attempts }) => state === "waiting" && attempts === 0).map(({ id }) => id);
  return (
    <>
      <AwaitDelivery of={underWay.join()} />
      <PageHeader
        title={channel.name}
        breadcrumbs={[{ href: "/settings/alerts", label: "Alert channels" }]}
        meta={<ChannelState channel={channel} />}
        actions={
          <ChannelActions
            channel={{ ...channel, isDisabled: channel.disabledAt !== null }}
            systems={systems}
            test={actions.sendTest}
            change={actions.saveChannel}
            rotate={actions.renewSecret}
            disable={actions.switchOff}
            enable={actions.switchOn}
          />
        }
      />
      <div className="grid gap-5">
        {channel.disabledAt ? (
          <Callout tone="warn" title="This channel is disabled">
            Since <Time at={channel.disabledAt} now={now} show="both" precision="minute" />: {channel.disabledReason}
          </Callout>
        ) : null}
        <Card labelledBy="about">
          <CardHeader title="About" titleId="about" />
          <CardBody>
            <DescriptionList
              columns={2}
              items={[
                { term: "Sent by", value: `${KIND_WORD[channel.kind]}, to ${channel.address}` },
                { term: "System", value: channel.system?.name ?? "Every system" },
                { term: "Environments", value: channel.environments.join(", ") || "Every environment" },
                { term: "Topics", value: topicsInWords(channel.topics) },
                {
                  term: "Severity",
                  value: channel.minimumSeverity === "low" ? "Every alert" : `${channel.minimumSeverity} and above`,
                },
                {
                  term: "Made",
                  value: (
                    <>
                      <Time at={channel.createdAt} precision="minute" /> by {channel.createdBy}
                    </>
                  ),
                },
                ...(channel.rotatedAt
                  ? [{ term: "New secret", value: <Time at={channel.rotatedAt} precision="minute" /> }]
                  : []),
              ]}
            />
          </CardBody>
        </Card>
        <Card labelledBy="deliveries">
          <CardHeader title="Deliveries" titleId="deliveries" />
          <DeliveryTable deliveries={items} now={now} />
          {search.after || next ? (
            <Pager
              newerHref={search.after ? here : undefined}
              olderHref={next ? `${here}${withParams(queryOf(search), { after: next })}` : undefined}
            />
          ) : null}
        </Card>
      </div>
    </>
  );
}
