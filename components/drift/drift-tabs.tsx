import { Tabs } from "#components/ui/tabs.tsx";

export type DriftPart = "findings" | "ignore-rules" | "remediations";

const PARTS: readonly { readonly part: DriftPart; readonly href: string; readonly label: string }[] = [
  { part: "findings", href: "/drift", label: "Findings" },
  { part: "ignore-rules", href: "/drift/ignore-rules", label: "Ignore rules" },
  { part: "remediations", href: "/drift/remediations", label: "Remediations" },
];

/** The parts of the drift board. */
export function DriftTabs({
  current,
  counts = {},
}: {
  readonly current: DriftPart;
  readonly counts?: Partial<Record<DriftPart, number>>;
}) {
  return (
    <Tabs
      label="Parts of the drift board"
      tabs={PARTS.map(({ part, href, label }) => ({ href, label, count: counts[part], isCurrent: part === current }))}
    />
  );
}
