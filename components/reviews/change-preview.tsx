import { ParameterTable } from "#components/diff/parameter-table.tsx";
import { TextDiff } from "#components/diff/text-diff.tsx";
import { consequence, counted, listed, textId, textTitle } from "#components/reviews/words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import type { ChangePreview } from "#lib/reviews/queries/prepare-change.ts";

/** What the request would say if it were opened now. */
export function ChangePreviewCard({
  preview,
  pipeline,
  system,
}: {
  readonly preview: ChangePreview;
  readonly pipeline: readonly { readonly slug: string; readonly name: string }[];
  readonly system: string;
}) {
  const { requirements } = preview;
  const groups = requirements.groups.map(({ group, approvals }) => `${approvals} from ${group}`);
  const isMixed = new Set(preview.changes.map((change) => change.bundle)).size > 1;
  return (
    <div className="grid gap-4">
      <Card labelledBy="preview">
        <CardHeader title="What it changes" titleId="preview" />
        <CardBody className="grid gap-1 text-sm">
          <p>{consequence({ ...preview, pipeline, system, ruleChanges: [] })}</p>
          <p className="text-muted">
            Needs {counted(requirements.approvals, "approval")}
            {groups.length > 0 ? `, of them ${listed(groups)}` : ""}.
            {requirements.policies.length > 0
              ? ` Asked for by ${listed(requirements.policies.map((policy) => policy.title))}.`
              : ""}
          </p>
        </CardBody>
        {preview.changes.length > 0 ? <ParameterTable changes={preview.changes} showBundle={isMixed} /> : null}
      </Card>
      {preview.texts.map((text) => (
        <Card key={textId(text)} labelledBy={`preview-${textId(text)}`}>
          <CardHeader
            level={3}
            titleId={`preview-${textId(text)}`}
            title={<span className="font-mono text-xs">{textTitle(text)}</span>}
          />
          <TextDiff id={textId(text)} before={text.before} after={text.after} beforeTitle="before" afterTitle="after" />
        </Card>
      ))}
    </div>
  );
}

/** Why it cannot be proposed like this. */
export function PreviewRefusal({ children }: { readonly children: string }) {
  return (
    <Callout tone="warn" title="It cannot be proposed like this">
      {children}
    </Callout>
  );
}
