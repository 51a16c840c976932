import { percentile } from "./report.ts";

const warmUp = 300;
const measured = 1_500;
const fewest = 30;

/** Median time of one call in microseconds, once the compiler has settled: at least 30 calls and 1.5 s of them. */
export function medianMicroseconds(work: () => unknown): number {
  const warm = performance.now() + warmUp;
  while (performance.now() < warm) keep(work());
  const times: number[] = [];
  const end = performance.now() + measured;
  while (times.length < fewest || performance.now() < end) {
    const began = performance.now();
    keep(work());
    times.push(performance.now() - began);
  }
  return Math.round(percentile(times, 0.5) * 1_000);
}

let kept: unknown;

/** A result that nobody uses may be left out by the compiler, and then nothing would be measured. */
function keep(result: unknown): void {
  kept = result ?? kept;
}
