"use client";

import { useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { RadioGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

type Target = "declared" | "last_known_good";

/** Restores what is declared, or opens the request to roll back to the last known-good snapshot. */
export function RestoreForm({
  name,
  action,
  hidden,
  expectedDigests,
  targetDigest,
  refusal,
  lastKnownGood,
}: {
  readonly name: string;
  readonly action: FormAction;
  readonly hidden: Readonly<Record<string, string>>;
  readonly expectedDigests: readonly string[];
  readonly targetDigest: string;
  /** Why what is declared can't be restored; null: it can. */
  readonly refusal: string | null;
  readonly lastKnownGood: { readonly snapshot: number | null; readonly refusal: string | null };
}) {
  const [target, setTarget] = useState<Target>("declared");
  const isRefused = (target === "declared" ? refusal : lastKnownGood.refusal) !== null;
  return (
    <Card labelledBy="restore">
      <CardHeader title="Bring it back" titleId="restore" />
      <CardBody>
        <ActionForm action={action} hidden={{ ...hidden, targetDigest }} label={`Restore ${name}`}>
          {expectedDigests.map((digest) => (
            <input key={digest} type="hidden" name="expectedDigests" value={digest} />
          ))}
          <RadioGroup
            legend="To what"
            name="target"
            defaultValue="declared"
            required
            onValueChange={(value) => setTarget(value === "last_known_good" ? value : "declared")}
            options={[
              {
                value: "declared",
                label: "What is declared",
                hint: "Its runtimes are told to run it again. What runs anything else than listed above by then is left alone.",
              },
              {
                value: "last_known_good",
                label:
                  lastKnownGood.snapshot === null
                    ? "The last known-good snapshot"
                    : `The last known-good snapshot, S-${lastKnownGood.snapshot}`,
                hint: "Opens a change request that rolls back to it, with every gate.",
              },
            ]}
          />
          {target === "declared" && refusal ? (
            <Callout tone="warn" title="Not now">
              {refusal}.
            </Callout>
          ) : null}
          {target === "last_known_good" && lastKnownGood.refusal ? (
            <Callout tone="warn" title="Not now">
              {lastKnownGood.refusal}.
            </Callout>
          ) : null}
          <Field label="Reason" name="reason" required hint="Auditors read it.">
            <Textarea rows={3} />
          </Field>
          <div>
            <SubmitButton disabled={isRefused}>
              {target === "declared" ? `Restore ${name}` : "Open the request to roll back"}
            </SubmitButton>
          </div>
        </ActionForm>
      </CardBody>
    </Card>
  );
}
