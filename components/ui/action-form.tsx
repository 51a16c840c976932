"use client";

import {
  type FormEvent,
  type ReactNode,
  startTransition,
  use,
  useActionState,
  useEffect,
  useEffectEvent,
  useRef,
} from "react";
import type { FormAction } from "#components/ui/action-state.ts";
import { CloseDialogContext, FormStateContext } from "#components/ui/form-context.ts";
import { FormError } from "#components/ui/form-error.tsx";
import { useToast } from "#components/ui/toast.tsx";

/**
 * A form around a server action. A refusal is shown above the fields and beside each of them, what was typed stays, and the
 * focus goes to the first thing to mend. Success says its message in a toast, closes the dialog around it, and calls `onDone`.
 */
export function ActionForm({
  action,
  hidden = {},
  onDone,
  resetOnDone = false,
  className = "grid gap-4",
  label,
  children,
}: {
  readonly action: FormAction;
  /** Sent along, not shown. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly onDone?: () => void;
  readonly resetOnDone?: boolean;
  readonly className?: string;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const toast = useToast();
  const closeDialog = use(CloseDialogContext);
  const [state, dispatch] = useActionState(action, {});

  const answered = useEffectEvent(() => {
    if (state.ok) {
      if (state.message) toast.show({ title: state.message, tone: "ok" });
      if (resetOnDone) form.current?.reset();
      onDone?.();
      closeDialog?.();
      return;
    }
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    (field ?? form.current?.querySelector<HTMLElement>("[data-form-error]"))?.focus();
  });
  useEffect(() => {
    if (state.ok !== undefined || state.message !== undefined) answered();
  }, [state]);

  // React empties a form after its action answers, even with a refusal. Sending it ourselves keeps what was typed;
  // `action` stays for pages whose scripts have not run.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const pressed = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null;
    const data = new FormData(event.currentTarget, pressed);
    startTransition(() => dispatch(data));
  };

  return (
    <form ref={form} action={dispatch} onSubmit={send} aria-label={label} className={className}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {state.ok === false || (state.ok === undefined && state.message) ? <FormError>{state.message}</FormError> : null}
      <FormStateContext value={state}>{children}</FormStateContext>
    </form>
  );
}
