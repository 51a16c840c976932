import { CopyButton } from "#components/ui/copy-button.tsx";

/** `sha256:` and 64 hexadecimal digits, shown short, copied and printed whole. */
export function Digest({
  value,
  length = 12,
  label = "Copy digest",
}: {
  readonly value: string;
  readonly length?: number;
  readonly label?: string;
}) {
  const hex = value.slice(value.indexOf(":") + 1);
  return (
    <span className="inline-flex items-center gap-0.5 align-baseline">
      <code title={value} className="font-mono text-xs text-muted print:hidden">
        {hex.slice(0, length)}
      </code>
      <code className="hidden font-mono text-xs [overflow-wrap:anywhere] print:inline">{value}</code>
      <CopyButton text={value} label={label} />
    </span>
  );
}
