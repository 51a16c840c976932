"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Time } from "#components/ui/time.tsx";
import type { LogCheck, Misfit } from "#lib/audit/model.ts";

const refreshEvery = 1_000;

/** The newest check of the whole log, with its progress while it runs. `start` null: this person may not ask for one. */
export function LogCheckCard({
  check,
  start,
  now,
}: {
  readonly check: LogCheck | null;
  readonly start: FormAction | null;
  readonly now: Date;
}) {
  const isUnderWay = check?.state === "requested" || check?.state === "running";
  const router = useRouter();
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => router.refresh(), refreshEvery);
    return () => clearInterval(timer);
  }, [isUnderWay, router]);
  return (
    <Card labelledBy="check">
      <CardHeader
        titleId="check"
        title="Check of the whole log"
        description="Every event against its columns, hash and place; every tile, the root, every signature. It also runs every night."
        actions={
          start && !isUnderWay ? (
            <ActionForm action={start} label="Check the whole log" className="">
              <SubmitButton>Check now</SubmitButton>
            </ActionForm>
          ) : null
        }
      />
      <CardBody>
        <Finding check={check} now={now} />
      </CardBody>
    </Card>
  );
}

function Finding({ check, now }: { readonly check: LogCheck | null; readonly now: Date }) {
  switch (check?.state) {
    case undefined:
      return <p className="text-sm text-muted">The log has not been checked yet.</p>;
    case "requested":
      return (
        <p role="status" className="text-sm text-muted">
          Asked for by {check.requestedBy}; waiting for a worker.
        </p>
      );
    case "running":
      return <Progress value={check.checked} max={check.size} label="Checking events" />;
    case "sound":
      return (
        <Callout tone="ok" title={`All ${check.checked.toLocaleString("en")} events fit`}>
          Checked <Time at={new Date(check.updatedAt)} now={now} show="both" />, asked for by {check.requestedBy}.
        </Callout>
      );
    case "broken":
      return (
        <Callout tone="danger" title={check.misfit ? placeOf(check.misfit) : "The log does not fit"}>
          {check.misfit?.problem}. Checked <Time at={new Date(check.updatedAt)} now={now} show="both" />; everything
          before that place fits.{" "}
          {check.misfit?.eventId ? <TextLink href={`/audit/${check.misfit.eventId}`}>Open the event</TextLink> : null}
        </Callout>
      );
  }
}

function placeOf({ index, eventId }: Misfit): string {
  if (index !== null) return `The first event that does not fit is at index ${index.toLocaleString("en")}`;
  return eventId === null ? "The log does not fit" : `Event ${eventId} does not fit`;
}
