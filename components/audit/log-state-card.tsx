import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Time } from "#components/ui/time.tsx";
import type { LogState } from "#lib/audit/queries.ts";

/** Size, root, newest checkpoint and public keys, each to be copied. */
export function LogStateCard({ log: { size, root, pending, checkpoint, keys } }: { readonly log: LogState }) {
  return (
    <Card labelledBy="state">
      <CardHeader titleId="state" title="What is signed" />
      <CardBody className="grid gap-4">
        <DescriptionList
          items={[
            { term: "Events in the tree", value: size.toLocaleString("en") },
            { term: "Waiting for it", value: pending.toLocaleString("en") },
            { term: "Root", value: <Copied text={root} label="Copy root" /> },
            {
              term: "Newest checkpoint",
              value: checkpoint ? (
                <>
                  {checkpoint.size.toLocaleString("en")} events, signed <Time at={checkpoint.signedAt} />
                </>
              ) : (
                "None yet: a worker with PLUMBLINE_LOG_KEY signs the first within ten seconds of an event"
              ),
            },
            ...keys.map((key) => ({ term: "Public key", value: <Copied text={key} label="Copy public key" /> })),
          ]}
        />
        {checkpoint ? (
          <div>
            <div className="flex items-center gap-2">
              <h3 className="text-sm font-medium">Checkpoint (C2SP tlog-checkpoint)</h3>
              <CopyButton text={checkpoint.note} label="Copy checkpoint" />
            </div>
            <pre className="mt-1 rounded-md border border-border bg-canvas px-2.5 py-2 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
              {checkpoint.note}
            </pre>
          </div>
        ) : null}
        <Callout title="Keep a checkpoint and the public key somewhere else">
          What is here is kept by the same server that it vouches for. Only a checkpoint that you keep elsewhere shows
          that the end was not cut off, or that everything was not rewritten and signed anew.
        </Callout>
      </CardBody>
    </Card>
  );
}

function Copied({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <code className="font-mono text-xs [overflow-wrap:anywhere]">{text}</code>
      <CopyButton text={text} label={label} />
    </span>
  );
}

/** Three lines for whoever trusts nothing but a public key. */
export function OfflineCard({ vkey }: { readonly vkey: string | null }) {
  const lines = [
    "plumbline audit export --out audit",
    `plumbline audit verify audit --key '${vkey ?? "<public key>"}'`,
    `plumbline audit verify audit --key '${vkey ?? "<public key>"}' --since <a checkpoint you kept>`,
  ].join("\n");
  return (
    <Card labelledBy="offline">
      <CardHeader
        titleId="offline"
        title="Check it offline"
        description="With a token that may export. Verifying needs no network and no database, and ends with 0 when everything fits."
        actions={<CopyButton text={lines} label="Copy commands" />}
      />
      <CardBody>
        <pre className="rounded-md border border-border bg-canvas px-2.5 py-2 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
          {lines}
        </pre>
      </CardBody>
    </Card>
  );
}
