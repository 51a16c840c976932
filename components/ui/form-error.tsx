import { OctagonAlert } from "lucide-react";
import type { ReactNode } from "react";

/** Why a form was refused: read out, and focused when no field is to blame. */
export function FormError({ children }: { readonly children: ReactNode }) {
  if (!children) return null;
  return (
    <div
      role="alert"
      tabIndex={-1}
      data-form-error=""
      className="flex gap-2 rounded-md border border-danger-border bg-danger-bg px-3 py-2 text-sm text-danger-fg"
    >
      <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
