"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import type { FormAction } from "#components/ui/action-state.ts";
import { Button } from "#components/ui/button.tsx";
import type { ButtonSize, ButtonVariant } from "#components/ui/button-class.ts";

const PatchDialog = dynamic(() => import("#components/hot-patches/patch-dialogs.tsx"), { ssr: false });

export type PatchDialogKind = "approve" | "deny" | "withdraw" | "extend" | "review" | "keep" | "revert" | "reassign";

/** The server actions that move a patch. */
export type PatchActions = Readonly<Record<PatchDialogKind, FormAction>>;

/** What the questions about a patch say. */
export type PatchFacts = {
  readonly number: number;
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  readonly minutes: number;
  readonly isServed: boolean;
  readonly extensionsLeft: number;
  /** In words: no patch goes past this. */
  readonly ceiling: string;
  /** Minutes that an extension may be given. */
  readonly lengths: readonly number[];
  readonly defaultLength: number;
  readonly possibleOwners: readonly { readonly id: string; readonly name: string }[];
};

/** Asks before something happens to a patch. The question is loaded when it is first wanted. */
export function PatchButton({
  kind,
  facts,
  actions,
  variant,
  size,
  children,
}: {
  readonly kind: PatchDialogKind;
  readonly facts: PatchFacts;
  readonly actions: PatchActions;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <>
      <Button
        variant={variant}
        size={size}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
          setWasOpen(true);
        }}
      >
        {children}
      </Button>
      {wasOpen ? (
        <PatchDialog kind={kind} open={isOpen} onOpenChange={setOpen} facts={facts} actions={actions} />
      ) : null}
    </>
  );
}
