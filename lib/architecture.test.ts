import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** From the ground up. A file imports from lower floors and from its own module only. */
const floors: readonly (readonly string[])[] = [
  ["kernel"],
  ["access"],
  ["platform"],
  ["audit"],
  ["accounts"],
  ["input.ts", "query.ts", "command.ts"],
  ["systems"],
  ["alerts"],
  ["models"],
  ["prompts"],
  ["bundles"],
  ["evidence"],
  ["reviews"],
  ["releases"],
  ["hot-patches"],
  ["runtimes"],
  ["drift"],
  ["gates"],
  ["connectors"],
  ["insights"],
  ["api", "jobs.ts"],
];

/** What a browser cannot load, and what a pure file must not even reach through others. */
const outsideWorld = /^(node:|@prisma\/|pg$|pg-boss$|pino$|next($|\/)|next-auth($|\/)|nodemailer$|server-only$)/;
const database = /^lib\/platform\/(db\.ts|prisma\/)/;
const mostLines = 300;

type Import = { readonly to: string; readonly isTypeOnly: boolean };
type Source = { readonly path: string; readonly text: string; readonly imports: readonly Import[] };

const root = join(import.meta.dirname, "..");
const statement = /^(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\s+from\s+)?"([^"]+)"/gm;
const dynamic = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** The path in the checkout that an import names, or the package's name as it stands. */
function target(from: string, name: string): string {
  if (name.startsWith("#")) return name.slice(1);
  return name.startsWith(".") ? normalize(join(dirname(from), name)) : name;
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const imports = [
    ...[...text.matchAll(statement)].map(([, type, name = ""]) => ({ to: target(path, name), isTypeOnly: !!type })),
    ...[...text.matchAll(dynamic)].map(([, name = ""]) => ({ to: target(path, name), isTypeOnly: false })),
  ];
  return { path, text, imports };
}

const everything = globSync(["{app,components,lib,cli,sdk,scripts,e2e,prisma,bench}/**/*.{ts,tsx,js}", "*.ts"], {
  cwd: root,
})
  .filter((path) => !path.startsWith("lib/platform/prisma/"))
  .sort()
  .map(read);
const bySource = new Map(everything.map((source) => [source.path, source]));
const isTest = ({ path }: Source) => /\.test\.tsx?$|\/testing(\/|\.ts)/.test(path);
const product = everything.filter((source) => !isTest(source));
const within = (folder: string) => product.filter(({ path }) => path.startsWith(`${folder}/`));

/** The module of a file of lib: its folder, or the file itself where it lies at the top. */
function moduleOf(path: string): string | undefined {
  return /^lib\/([^/]+)/.exec(path)?.[1];
}

/** Who acts, and what is written down of it, lies below the door; what people do with either goes through it. */
const throughTheDoor = /^lib\/(accounts|audit)\/(commands|queries)(\/|\.ts$)/;

function floorOf(path: string): number {
  const name = throughTheDoor.test(path) ? "command.ts" : moduleOf(path);
  return name === undefined ? -1 : floors.findIndex((floor) => floor.includes(name));
}

/** A type of the interface may be named from below, because nothing of it is left at run time. */
function isAboveLib(to: string, isTypeOnly: boolean): boolean {
  return /^(app|scripts|cli|e2e|prisma)\//.test(to) || (to.startsWith("components/") && !isTypeOnly);
}

function isHigher(from: string, to: string): boolean {
  return moduleOf(from) !== moduleOf(to) && floorOf(to) > floorOf(from);
}

/** What loading a file loads, and by which way: type imports are erased and lead nowhere. */
function reaches(source: Source, isForbidden: (to: string) => boolean): readonly string[] {
  const seen = new Set([source.path]);
  const open: { readonly at: Source; readonly way: string }[] = [{ at: source, way: source.path }];
  const found: string[] = [];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { to, isTypeOnly } of next.at.imports) {
      if (isTypeOnly || seen.has(to)) continue;
      seen.add(to);
      const way = `${next.way} → ${to}`;
      if (isForbidden(to)) found.push(way);
      const at = bySource.get(to);
      if (at) open.push({ at, way });
    }
  }
  return found;
}

/** One circle for each entry, as the way round. */
function circles(): readonly string[] {
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  function visit(path: string, way: readonly string[]): void {
    const source = bySource.get(path);
    if (!source || state.get(path) === "done") return;
    if (state.get(path) === "open") {
      found.push([...way.slice(way.indexOf(path)), path].join(" → "));
      return;
    }
    state.set(path, "open");
    for (const { to, isTypeOnly } of source.imports) if (!isTypeOnly) visit(to, [...way, path]);
    state.set(path, "done");
  }
  for (const { path } of everything) visit(path, []);
  return found;
}

const isPureByName = ({ path }: Source) =>
  /^lib\/[^/]+\/(model|rules|input)\.ts$/.test(path) || /^lib\/(access\/|input\.ts$)/.test(path);

describe("the floors of lib", () => {
  test("hold every module", () => {
    const unknown = within("lib").filter(({ path }) => floorOf(path) < 0);
    expect(unknown.map(({ path }) => path)).toEqual([]);
  });

  test("are climbed downwards only", () => {
    const wrong = within("lib").flatMap(({ path, imports }) =>
      imports
        .filter(({ to, isTypeOnly }) => isAboveLib(to, isTypeOnly) || isHigher(path, to))
        .map(({ to }) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test("modules name each other by #lib, and themselves as they like", () => {
    const wrong = everything.flatMap(({ path, text }) =>
      [...text.matchAll(statement)]
        .map(([, , name = ""]) => name)
        .filter(
          (name) =>
            name.startsWith("..") && moduleOf(path) !== undefined && moduleOf(target(path, name)) !== moduleOf(path),
        )
        .map((name) => `${path} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("pure files", () => {
  test.each(product.filter(isPureByName).map((source) => [source.path, source] as const))(
    "%s reaches nothing of the outside world",
    (_, source) => {
      expect(reaches(source, (to) => outsideWorld.test(to) || database.test(to))).toEqual([]);
    },
  );

  test("the kernel imports nothing of the house", () => {
    const wrong = within("lib/kernel").flatMap(({ path, imports }) =>
      imports.filter(({ to }) => bySource.has(to) && !to.startsWith("lib/kernel/")).map(({ to }) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

test("no file leads back to itself", () => {
  expect(circles()).toEqual([]);
});

test("routes import neither a store nor the database", () => {
  const wrong = within("app").flatMap(({ path, imports }) =>
    imports
      .filter(({ to }) => database.test(to) || /^lib\/.*\/store(\/|\.ts$)/.test(to) || /^(@prisma\/|pg$)/.test(to))
      .map(({ to }) => `${path} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test("components reach no database, no store and no file of Node's", () => {
  const forbidden = (to: string) => /^(node:|@prisma\/|pg$|pg-boss$|pino$)/.test(to) || database.test(to);
  expect(within("components").flatMap((source) => reaches(source, forbidden))).toEqual([]);
});

test(`no file is longer than ${mostLines} lines`, () => {
  const long = everything.filter(({ text }) => text.split("\n").length - 1 > mostLines);
  expect(long.map(({ path, text }) => `${path}: ${text.split("\n").length - 1}`)).toEqual([]);
});

test("no file only passes on what others export", () => {
  const barrels = everything.filter(
    ({ path, text }) => /(^|\/)index\.tsx?$/.test(path) || /^export \* from/m.test(text),
  );
  expect(barrels.map(({ path }) => path)).toEqual([]);
});
