"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { FormAction } from "#components/ui/action-state.ts";
import { Button } from "#components/ui/button.tsx";
import type { Check } from "#lib/gates/model.ts";

const ExceptDialog = dynamic(() => import("#components/reviews/except-dialog.tsx"), { ssr: false });

export type ExceptProps = {
  readonly check: Check;
  readonly number: number;
  readonly contentDigest: string;
  /** ISO 8601; the last moment an exception may last to. */
  readonly endBy: string;
  readonly action: FormAction;
};

/** Sets a gate, or single places of it, aside. */
export function ExceptButton(props: ExceptProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const isWaiver = props.check.id === "dependencies";
  return (
    <>
      <Button
        size="sm"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          setWasOpen(true);
        }}
      >
        {isWaiver ? "Waive…" : "Override…"}
        <span className="sr-only"> {props.check.title}</span>
      </Button>
      {wasOpen ? <ExceptDialog {...props} open={isOpen} onOpenChange={setOpen} /> : null}
    </>
  );
}
