"use client";

import "./globals.css";
import { StatusPage } from "#components/shell/status-page.tsx";
import { Button } from "#components/ui/button.tsx";
import { errorReference } from "#components/ui/error-reference.ts";

export default function GlobalError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const reference = errorReference(error);
  return (
    <html lang="en">
      <body>
        <title>Something broke · Plumbline</title>
        <StatusPage
          code="500"
          title="Plumbline could not show this page"
          actions={
            <Button variant="primary" onClick={() => retry()}>
              Try again
            </Button>
          }
        >
          <p>It is not your doing. A change that was being made either took effect as a whole or not at all.</p>
          {reference ? (
            <p>
              Reference for your administrator: <code className="font-mono">{reference}</code>
            </p>
          ) : null}
        </StatusPage>
      </body>
    </html>
  );
}
