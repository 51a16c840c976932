import type { ReactNode } from "react";
import type { EventLinks } from "#components/audit/event-links.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { type Description, DescriptionList } from "#components/ui/description-list.tsx";
import { Digest } from "#components/ui/digest.tsx";
import { TextLink } from "#components/ui/link.tsx";
import type { EventRow } from "#lib/audit/model.ts";

/** Everything that is known of an event beside its before and after. Values lead to the log filtered by them. */
export function EventFacts({ event, links }: { readonly event: EventRow; readonly links: EventLinks }) {
  return <DescriptionList columns={2} items={factsOf(event, links)} />;
}

function factsOf(event: EventRow, links: EventLinks): readonly Description[] {
  const { actor, subject } = event;
  return [
    { term: "Actor", value: <Filter href={links.actor}>{`${actor.name} (${actor.kind})`}</Filter> },
    { term: "Through", value: [event.channel, event.address].filter((part) => part !== null).join(", from ") },
    { term: "Action", value: <Filter href={links.action}>{event.action}</Filter> },
    { term: "Command", value: <code className="font-mono text-xs">{event.command}</code> },
    {
      term: "Subject",
      value: (
        <>
          <Filter href={links.subject}>{`${subject.type} ${subject.id}`}</Filter>
          {links.page === null ? null : (
            <>
              {" · "}
              <TextLink href={links.page}>its page</TextLink>
            </>
          )}
        </>
      ),
    },
    ...(event.requestId === null ? [] : [{ term: "Request", value: <Copied text={event.requestId} /> }]),
    ...(event.system && links.system
      ? [{ term: "System", value: <Filter href={links.system}>{event.system.name}</Filter> }]
      : []),
    ...(event.environment !== null && links.environment
      ? [{ term: "Environment", value: <Filter href={links.environment}>{event.environment}</Filter> }]
      : []),
    ...(event.change && links.change && links.changeEvents
      ? [
          {
            term: "Change request",
            value: (
              <>
                <TextLink href={links.change}>
                  #{event.change.number} {event.change.title}
                </TextLink>
                {" · "}
                <TextLink href={links.changeEvents}>its events</TextLink>
              </>
            ),
          },
        ]
      : []),
    ...(event.incident !== null && links.incident
      ? [{ term: "Incident", value: <Filter href={links.incident}>{event.incident}</Filter> }]
      : []),
    ...(event.reason === null ? [] : [{ term: "Reason", value: event.reason }]),
    {
      term: "Place in the log",
      value: event.leafIndex === null ? "Waits for the tree" : `Index ${event.leafIndex.toLocaleString("en")}`,
    },
    { term: "Hash", value: <Digest value={event.leafHash} length={16} label="Copy hash" /> },
  ];
}

function Filter({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <TextLink href={href} quiet title="Show only these">
      {children}
    </TextLink>
  );
}

function Copied({ text }: { readonly text: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code className="font-mono text-xs [overflow-wrap:anywhere]">{text}</code>
      <CopyButton text={text} label="Copy request" />
    </span>
  );
}
