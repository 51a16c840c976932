"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "#components/ui/button-class.ts";

/** Details beside a button, for as long as they are wanted. */
export function Popover({
  trigger,
  title,
  variant = "secondary",
  size = "md",
  isOpenAtFirst = false,
  children,
}: {
  readonly trigger: ReactNode;
  readonly title: string;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Base.Root defaultOpen={isOpenAtFirst}>
      <Base.Trigger className={buttonClass(variant, size)}>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={6} collisionPadding={12} className="z-50">
          <Base.Popup className="pops max-h-[70vh] w-80 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-lg border border-border-strong bg-surface p-4 shadow-pop">
            <Base.Title className="mb-2 text-sm font-semibold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
