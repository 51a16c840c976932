"use client";

import { type ReactNode, useId, useState } from "react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Dialog, DialogActions, type DialogTrigger } from "#components/ui/dialog.tsx";
import { Input } from "#components/ui/input.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/**
 * Asks before something that can't be undone, and says what will happen. With `typeToConfirm` the name of the target has to
 * be typed. `children` are further fields, a reason for example.
 */
export function ConfirmDialog({
  trigger,
  title,
  description,
  confirmLabel,
  isDangerous = true,
  typeToConfirm,
  action,
  hidden,
  children,
}: {
  readonly trigger: DialogTrigger;
  readonly title: string;
  readonly description: ReactNode;
  /** Says the deed: "Revoke token", not "OK". */
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  readonly typeToConfirm?: string;
  readonly action: FormAction;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly children?: ReactNode;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const isConfirmed = typeToConfirm === undefined || typed.trim() === typeToConfirm;
  return (
    <Dialog trigger={trigger} onOpenChange={() => setTyped("")} title={title} description={description}>
      <ActionForm action={action} hidden={hidden}>
        {children}
        {typeToConfirm === undefined ? null : (
          <div className="grid gap-1">
            <label htmlFor={id} className="text-sm">
              Type <strong className="font-mono font-semibold">{typeToConfirm}</strong> to confirm
            </label>
            <Input
              id={id}
              mono
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        )}
        <DialogActions>
          <SubmitButton variant={isDangerous ? "danger" : "primary"} disabled={!isConfirmed}>
            {confirmLabel}
          </SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
