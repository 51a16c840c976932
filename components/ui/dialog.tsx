"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass, iconButtonClass } from "#components/ui/button-class.ts";
import { cx } from "#components/ui/cx.ts";
import { CloseDialogContext } from "#components/ui/form-context.ts";

export type DialogTrigger = {
  readonly label: ReactNode;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly isDisabled?: boolean;
};

const WIDTH = { sm: "sm:max-w-md", md: "sm:max-w-xl", lg: "sm:max-w-4xl" } as const;

/**
 * A question asked on top of the page. Opened by its own trigger, or from outside with `open`. At the lower edge on a phone. An ActionForm
 * inside closes it when its action succeeds.
 */
export function Dialog({
  trigger,
  open,
  onOpenChange,
  title,
  description,
  size = "sm",
  children,
}: {
  readonly trigger?: DialogTrigger;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly size?: keyof typeof WIDTH;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const change = useCallback(
    (next: boolean) => {
      setOpen(next);
      onOpenChange?.(next);
    },
    [onOpenChange],
  );
  const close = useCallback(() => change(false), [change]);
  return (
    <Base.Root open={open ?? isOpen} onOpenChange={(next) => change(next)}>
      {trigger ? (
        <Base.Trigger className={buttonClass(trigger.variant, trigger.size)} disabled={trigger.isDisabled}>
          {trigger.label}
        </Base.Trigger>
      ) : null}
      <Base.Portal>
        <Base.Backdrop className="pops fixed inset-0 z-40 bg-shade" />
        <Base.Popup
          className={cx(
            "pops fixed inset-x-0 bottom-0 z-40 flex max-h-[90dvh] w-full flex-col rounded-t-lg border border-border-strong bg-surface shadow-pop sm:inset-x-4 sm:top-[8vh] sm:bottom-auto sm:mx-auto sm:max-h-[84vh] sm:w-auto sm:rounded-lg",
            WIDTH[size],
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4">
            <div className="min-w-0 grow">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description render={<div />} className="mt-0.5 text-sm text-muted">
                  {description}
                </Base.Description>
              ) : null}
            </div>
            <Base.Close aria-label="Close" className={iconButtonClass("ghost", "md", "-mr-2")}>
              <X aria-hidden />
            </Base.Close>
          </div>
          <div className="min-h-0 scroll-pb-16 overflow-y-auto px-5 pt-3 pb-5 has-data-dialog-actions:pb-0">
            <CloseDialogContext value={close}>{children}</CloseDialogContext>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The row of buttons at a dialog's end, in sight however long the dialog is; Cancel comes first. */
export function DialogActions({
  children,
  cancelLabel = "Cancel",
}: {
  readonly children: ReactNode;
  readonly cancelLabel?: string;
}) {
  return (
    <div data-dialog-actions="" className="sticky bottom-0 mt-2 flex flex-wrap justify-end gap-2 bg-surface pt-3 pb-5">
      <Base.Close className={buttonClass("secondary")}>{cancelLabel}</Base.Close>
      {children}
    </div>
  );
}
