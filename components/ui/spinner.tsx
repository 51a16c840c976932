import { LoaderCircle } from "lucide-react";

/** Shows itself after 200 ms, so that a quick answer does not flicker. */
export function Spinner({ label }: { readonly label?: string }) {
  return (
    <span
      className="appears-late inline-flex items-center gap-2 text-sm text-muted"
      role={label ? "status" : undefined}
    >
      <LoaderCircle aria-hidden className="spins size-4" />
      {label}
    </span>
  );
}
