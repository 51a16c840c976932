"use client";

import { CloudOff, HardDrive, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { filingName } from "#components/hot-patches/file/filing.ts";
import type { KeptFiling } from "#components/hot-patches/file/kept.ts";
import { Button } from "#components/ui/button.tsx";

/** What this device does with what is typed: keeps it, waits with it, sends it; and what else it keeps. */
export function FilingState({
  isOnline,
  isKept,
  isWaiting,
  hasSecret,
  others,
  onOpen,
  onDrop,
  onTakeBack,
  onClear,
}: {
  readonly isOnline: boolean;
  readonly isKept: boolean;
  readonly isWaiting: boolean;
  readonly hasSecret: boolean;
  readonly others: readonly KeptFiling[];
  readonly onOpen: (kept: KeptFiling) => void;
  readonly onDrop: (clientKey: string) => void;
  readonly onTakeBack: () => void;
  /** Null: nothing was typed. */
  readonly onClear: (() => void) | null;
}) {
  return (
    <div className="grid gap-1 text-xs text-muted">
      <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
        <p role="status" className="flex min-w-0 grow items-start gap-1.5">
          <State isOnline={isOnline} isKept={isKept} isWaiting={isWaiting} hasSecret={hasSecret} />
        </p>
        {isWaiting ? (
          <Button size="sm" variant="ghost" onClick={onTakeBack}>
            Change it
          </Button>
        ) : onClear ? (
          <Button size="sm" variant="ghost" onClick={onClear}>
            Start again
          </Button>
        ) : null}
      </div>
      {others.length > 0 ? (
        <ul aria-label="Other filings on this device" className="grid">
          {others.map((kept) => (
            <li key={kept.filing.clientKey} className="flex flex-wrap items-center gap-x-2">
              <span className="min-w-0 grow truncate">
                {kept.state === "waiting" ? "Also waiting" : "Also kept"}: {filingName(kept.filing)}
                {kept.filing.environment === "" ? null : ` (${kept.filing.environment} of ${kept.filing.system})`}
              </span>
              <Button size="sm" variant="ghost" onClick={() => onOpen(kept)}>
                Open<span className="sr-only"> {filingName(kept.filing)}</span>
              </Button>
              <Button size="sm" variant="ghost" onClick={() => onDrop(kept.filing.clientKey)}>
                Drop<span className="sr-only"> {filingName(kept.filing)}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function State(of: {
  readonly isOnline: boolean;
  readonly isKept: boolean;
  readonly isWaiting: boolean;
  readonly hasSecret: boolean;
}): ReactNode {
  if (of.isWaiting && !of.isOnline) {
    return (
      <>
        <CloudOff aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn-fg" />
        <span className="font-medium text-warn-fg">
          Kept on this device. It is sent once, as soon as the connection is back.
        </span>
      </>
    );
  }
  if (of.isWaiting) {
    return (
      <>
        <LoaderCircle aria-hidden className="spins mt-0.5 size-3.5 shrink-0" />
        Being filed; kept on this device until the server has it.
      </>
    );
  }
  if (!of.isOnline) {
    return (
      <>
        <CloudOff aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn-fg" />
        <span className="text-warn-fg">
          {of.hasSecret ? OFFLINE_SECRET : "No connection. What you type is kept on this device; file it all the same."}
        </span>
      </>
    );
  }
  if (!of.isKept) return "What you type is kept on this device until it is filed.";
  return (
    <>
      <HardDrive aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      {of.hasSecret ? "Kept on this device, without what looks like a key." : "Kept on this device."}
    </>
  );
}

const OFFLINE_SECRET = "No connection. What you type is kept on this device, without what looks like a key.";
