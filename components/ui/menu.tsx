"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass, iconButtonClass } from "#components/ui/button-class.ts";
import { cx } from "#components/ui/cx.ts";

const ITEM =
  "tap flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 text-left text-sm outline-hidden select-none data-disabled:text-muted data-highlighted:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted";

/** Further actions behind a button. With `label` the trigger shows an icon only. */
export function Menu({
  trigger,
  label,
  variant = "secondary",
  size = "md",
  align = "end",
  children,
}: {
  readonly trigger: ReactNode;
  readonly label?: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}) {
  return (
    <Base.Root>
      <Base.Trigger
        aria-label={label}
        title={label}
        className={label ? iconButtonClass(variant, size) : buttonClass(variant, size)}
      >
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50 outline-hidden">
          <Base.Popup className="pops min-w-44 rounded-lg border border-border-strong bg-surface p-1 shadow-pop outline-hidden">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  onSelect,
  isDangerous = false,
  isDisabled = false,
  children,
}: {
  readonly onSelect: () => void;
  readonly isDangerous?: boolean;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Base.Item className={cx(ITEM, isDangerous && "text-danger-fg")} disabled={isDisabled} onClick={onSelect}>
      {children}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-border" />;
}
