"use client";

import { useState } from "react";
import { Pointer } from "#components/diff/pointer.tsx";
import { useAnnounced } from "#components/reviews/use-announced.ts";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Button } from "#components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { Json } from "#lib/kernel/json.ts";
import type { RebaseConflict } from "#lib/reviews/rebase.ts";

type Take = "ours" | "theirs" | "value";
type Decision = { readonly take: Take; readonly text: string };

const keyOf = (conflict: RebaseConflict) => `${conflict.bundle ?? ""} ${conflict.layer} ${conflict.pointer}`;

/** JSON where it reads as JSON, else the text itself: `0.4` is a number, `fast` is a text. */
function typedValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Puts the request on top of what took effect meanwhile; asks only about places that both sides changed differently. */
export function RebaseForm({
  number,
  revision,
  conflicts,
  approvals,
  action,
}: {
  readonly number: number;
  readonly revision: number;
  readonly conflicts: readonly RebaseConflict[];
  readonly approvals: number;
  readonly action: FormAction;
}) {
  const [decisions, setDecisions] = useState<Readonly<Record<string, Decision>>>({});
  const rebase = useAnnounced(action);
  const decide = (conflict: RebaseConflict, change: Partial<Decision>) => {
    const key = keyOf(conflict);
    const now = decisions[key] ?? { take: "ours", text: "" };
    setDecisions({ ...decisions, [key]: { ...now, ...change } });
  };
  const resolutions = conflicts.flatMap((conflict) => {
    const decision = decisions[keyOf(conflict)];
    if (!decision || (decision.take === "value" && decision.text.trim() === "")) return [];
    const { bundle, layer, pointer } = conflict;
    const value = decision.take === "value" ? { value: typedValue(decision.text.trim()) } : {};
    return [{ bundle, layer, pointer, take: decision.take, ...value }];
  });
  const left = conflicts.length - resolutions.length;
  return (
    <ActionForm
      action={rebase}
      hidden={{ number: String(number), revision: String(revision), resolutions: JSON.stringify(resolutions) }}
    >
      {conflicts.map((conflict) => (
        <ConflictCard
          key={keyOf(conflict)}
          conflict={conflict}
          decision={decisions[keyOf(conflict)] ?? null}
          decide={(change) => decide(conflict, change)}
        />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton disabled={left > 0}>Rebase</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {left > 0
            ? `${left === 1 ? "1 conflict is" : `${left} conflicts are`} left to decide`
            : approvals > 0
              ? `The content changes: ${approvals === 1 ? "1 approval is" : `${approvals} approvals are`} dismissed`
              : "Nothing is left to decide"}
        </p>
      </div>
    </ActionForm>
  );
}

function ConflictCard({
  conflict,
  decision,
  decide,
}: {
  readonly conflict: RebaseConflict;
  readonly decision: Decision | null;
  readonly decide: (change: Partial<Decision>) => void;
}) {
  const place = `${conflict.bundle ?? "rules"} ${conflict.layer} ${conflict.pointer}`;
  return (
    <Card>
      <CardHeader
        level={3}
        title={<Pointer value={conflict.pointer} />}
        description={conflict.bundle === null ? "Rules" : `${conflict.bundle}, ${conflict.layer}`}
      />
      <CardBody className="grid gap-3">
        <div className="grid gap-3 md:grid-cols-3">
          <Side title="Both started from" value={conflict.base} />
          <Side
            title="This change"
            value={conflict.ours}
            isChosen={decision?.take === "ours"}
            choose={{ label: `Keep this change’s value of ${place}`, act: () => decide({ take: "ours" }) }}
          />
          <Side
            title="Took effect meanwhile"
            value={conflict.theirs}
            isChosen={decision?.take === "theirs"}
            choose={{ label: `Take the value in effect of ${place}`, act: () => decide({ take: "theirs" }) }}
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            size="sm"
            aria-pressed={decision?.take === "value"}
            variant={decision?.take === "value" ? "primary" : "secondary"}
            onClick={() => decide({ take: "value" })}
          >
            Another value…
          </Button>
        </div>
        {decision?.take === "value" ? (
          <Field label={`Value of ${conflict.pointer}`} hint="JSON; anything else is taken as text.">
            <Textarea
              mono
              rows={2}
              className="min-h-10"
              value={decision.text}
              onChange={(event) => decide({ text: event.target.value })}
            />
          </Field>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Side({
  title,
  value,
  isChosen = false,
  choose,
}: {
  readonly title: string;
  readonly value: Json | undefined;
  readonly isChosen?: boolean;
  readonly choose?: { readonly label: string; readonly act: () => void };
}) {
  return (
    <div
      className={`grid content-between gap-2 rounded-md border p-3 ${isChosen ? "border-accent ring-1 ring-accent" : "border-border"}`}
    >
      <div>
        <h4 className="text-xs font-medium text-muted">{title}</h4>
        {value === undefined ? (
          <p className="text-sm text-muted italic">not set</p>
        ) : (
          <pre className="font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
            {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
          </pre>
        )}
      </div>
      {choose ? (
        <div>
          <Button
            size="sm"
            aria-label={choose.label}
            aria-pressed={isChosen}
            variant={isChosen ? "primary" : "secondary"}
            onClick={choose.act}
          >
            {isChosen ? "Chosen" : "Take this"}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
