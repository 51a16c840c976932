import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

/** One line of a table. Figures by name, in the unit that the name says. */
export type Figure = { readonly name: string } & Readonly<Record<string, string | number>>;

/** Prints the tables and writes them to bench/results/<name>.json. */
export function report(name: string, tables: Readonly<Record<string, readonly Figure[]>>): void {
  for (const [title, figures] of Object.entries(tables)) {
    console.log(`\n${title}`);
    console.table(Object.fromEntries(figures.map(({ name: row, ...values }) => [row, values])));
  }
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ name, machine, at: new Date(), tables }, null, 2)}\n`,
  );
}

/** The value below which this share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** To two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Runs the work one after the other; answers each run's time in milliseconds. The first runs warm up and do not count. */
export async function timeEach(runs: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  for (let i = 0; i < Math.max(50, runs / 10); i++) await work();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

export type Load = { readonly perSecond: number; readonly p50: number; readonly p99: number };

/** This many clients, each doing the work again and again for so many milliseconds. */
export async function underLoad(clients: number, milliseconds: number, work: () => Promise<unknown>): Promise<Load> {
  const times: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() - start < milliseconds) {
        const began = performance.now();
        await work();
        times.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  return {
    perSecond: Math.round(times.length / seconds),
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
  };
}
