type Point = { readonly at: number; readonly value: number };

const WIDTH = 96;
const HEIGHT = 24;
const EDGE = 3;

/** A step line without axes, for a row of a table that says its values in words. */
export function Sparkline({
  points,
  from,
  to,
}: {
  readonly points: readonly Point[];
  readonly from: number;
  readonly to: number;
}) {
  if (points.length === 0) return null;
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const x = (at: number) => EDGE + ((Math.max(at, from) - from) / Math.max(1, to - from)) * (WIDTH - 2 * EDGE);
  const y = (value: number) => (span === 0 ? HEIGHT / 2 : HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE));
  const steps = points.map((point, index) => {
    const next = points[index + 1];
    return `${index === 0 ? "M" : "L"}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)} H${x(next?.at ?? to).toFixed(1)}`;
  });
  return (
    <svg aria-hidden width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="block">
      <path d={steps.join(" ")} fill="none" stroke="var(--accent)" strokeWidth={1.5} />
    </svg>
  );
}
