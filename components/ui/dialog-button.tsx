"use client";

import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ButtonSize, ButtonVariant } from "#components/ui/button-class.ts";

/** What a dialog that is opened from outside is told. */
export type DialogControl = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

/** A button whose dialog is loaded when it is first wanted: pages are read more often than acted on. */
export function DialogButton({
  label,
  variant,
  size,
  isOpenAtFirst = false,
  children,
}: {
  readonly label: ReactNode;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly isOpenAtFirst?: boolean;
  readonly children: (control: DialogControl) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [wasOpen, setWasOpen] = useState(isOpenAtFirst);
  return (
    <>
      <Button
        variant={variant}
        size={size}
        aria-haspopup="dialog"
        onClick={() => {
          setWasOpen(true);
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {wasOpen ? children({ open: isOpen, onOpenChange: setOpen }) : null}
    </>
  );
}
