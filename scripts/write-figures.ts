// Puts the last figures of each benchmark that ran on this machine into bench/README.md, between the benchmark's marks.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../bench/support/report.ts";

type Result = {
  readonly name: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly at: string;
  readonly tables: Readonly<Record<string, readonly Figure[]>>;
};

const folder = join(import.meta.dirname, "../bench");
const results = join(folder, "results");
const readme = join(folder, "README.md");

function cell(value: string | number | undefined): string {
  return typeof value === "number" ? value.toLocaleString("en") : (value ?? "");
}

function tableOf(title: string, figures: readonly Figure[]): string {
  const columns = [...new Set(figures.flatMap(({ name: _, ...values }) => Object.keys(values)))];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `**${title}**`,
    "",
    line(["", ...columns]),
    line(["---", ...columns.map(() => "---:")]),
    ...figures.map((figure) => line([figure.name, ...columns.map((column) => cell(figure[column]))])),
  ].join("\n");
}

function textOf({ machine, at, tables }: Result): string {
  const { cpu, cores, node } = machine;
  const where = `Measured on ${at.slice(0, 10)}: ${cpu}, ${cores} cores, Node ${node.replace("v", "")}.`;
  return [where, ...Object.entries(tables).map(([title, figures]) => tableOf(title, figures))].join("\n\n");
}

function replaceBetween(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`bench/README.md has no marks ${start} and ${end} to write between`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

const names = existsSync(results) ? readdirSync(results).filter((name) => name.endsWith(".json")) : [];
const text = names
  .map((name) => JSON.parse(readFileSync(join(results, name), "utf8")) as Result)
  .reduce((written, result) => replaceBetween(written, result.name, textOf(result)), readFileSync(readme, "utf8"));
writeFileSync(readme, text);
console.log(`Wrote the figures of ${names.length} benchmarks to bench/README.md`);
