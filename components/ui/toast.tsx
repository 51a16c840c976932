"use client";

import { Toast } from "@base-ui/react/toast";
import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert, X } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { buttonClass, iconButtonClass } from "#components/ui/button-class.ts";
import { cx } from "#components/ui/cx.ts";
import { TONE_TEXT } from "#components/ui/tone.ts";

type ToastTone = "ok" | "info" | "warn" | "danger";

export type ToastMessage = {
  readonly title: string;
  readonly description?: string;
  readonly tone?: ToastTone;
  /** Takes the action back; offered for ten seconds. */
  readonly undo?: () => void;
};

const ICON: Readonly<Record<ToastTone, LucideIcon>> = {
  ok: CircleCheck,
  info: Info,
  warn: TriangleAlert,
  danger: OctagonAlert,
};

const SECONDS = 1000;

/** Says what happened, in a corner, without taking the focus; F6 goes there. */
export function useToast(): { readonly show: (message: ToastMessage) => void } {
  const manager = Toast.useToastManager();
  return useMemo(
    () => ({
      show: ({ title, description, tone = "info", undo }) => {
        const id = manager.add({
          title,
          description,
          type: tone,
          priority: tone === "danger" ? "high" : "low",
          timeout: (undo ? 10 : tone === "danger" ? 0 : 6) * SECONDS,
          ...(undo
            ? {
                actionProps: {
                  children: "Undo",
                  onClick: () => {
                    manager.close(id);
                    undo();
                  },
                },
              }
            : {}),
        });
      },
    }),
    [manager.add, manager.close],
  );
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport
          data-print="hide"
          className="fixed right-4 bottom-4 z-50 flex w-[calc(100vw-2rem)] flex-col-reverse gap-2 sm:w-96"
        >
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function toneOf(type: string | undefined): ToastTone {
  return type === "ok" || type === "warn" || type === "danger" ? type : "info";
}

function Toasts() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => {
    const tone = toneOf(toast.type);
    const Icon = ICON[tone];
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        className="toast rounded-lg border border-border-strong bg-surface shadow-pop"
      >
        <Toast.Content className="flex items-start gap-2.5 py-2.5 pr-2 pl-3.5">
          <Icon aria-hidden className={cx("mt-1 size-4 shrink-0", TONE_TEXT[tone])} />
          <div className="min-w-0 grow py-0.5">
            <Toast.Title className="text-sm font-medium" />
            <Toast.Description className="text-sm text-muted" />
          </div>
          {toast.actionProps ? <Toast.Action className={buttonClass("secondary", "sm")} /> : null}
          <Toast.Close aria-label="Dismiss" className={iconButtonClass("ghost", "sm")}>
            <X aria-hidden />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
