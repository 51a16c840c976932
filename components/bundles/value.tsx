import { ValueText } from "#components/diff/value-text.tsx";
import type { Json } from "#lib/kernel/json.ts";

const LONG = 240;

/** A value in a list of many: a long text is folded to its beginning. */
export function Value({ value }: { readonly value: Json | undefined }) {
  const isLong = typeof value === "string" && (value.length > LONG || value.split("\n").length > 6);
  if (!isLong) return <ValueText value={value} />;
  const beginning = value.slice(0, 120).trimEnd();
  return (
    <details>
      <summary className="font-mono text-xs [overflow-wrap:anywhere]">
        {beginning}… <span className="font-sans text-muted">{value.length.toLocaleString("en")} characters</span>
      </summary>
      <p className="mt-1 rounded-sm bg-canvas px-2 py-1.5 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
        {value}
      </p>
    </details>
  );
}
