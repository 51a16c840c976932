"use client";

import { useEffect } from "react";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { errorReference } from "#components/ui/error-reference.ts";
import { PageHeader } from "#components/ui/page-header.tsx";

export default function ConsoleError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const reference = errorReference(error);
  useEffect(() => console.error(error), [error]);
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <Callout
        tone="danger"
        announce
        title="Something broke on our side"
        actions={<Button onClick={() => retry()}>Try again</Button>}
      >
        <p>A change that was being made either took effect as a whole or not at all; the audit trail says which.</p>
        {reference ? (
          <p className="mt-1 flex items-center gap-1">
            Reference for your administrator: <code className="font-mono">{reference}</code>
            <CopyButton text={reference} label="Copy reference" />
          </p>
        ) : null}
      </Callout>
    </>
  );
}
