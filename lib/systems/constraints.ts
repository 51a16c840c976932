import { type CelInput, isCelError, parse, plan } from "@bufbuild/cel";
import type { JsonObject } from "#lib/kernel/json.ts";
import { formatPointer } from "#lib/kernel/pointer.ts";
import { countedEnvironment, MOST_STEPS } from "./cel-environment.ts";
import { prepare } from "./cel-tree.ts";
import type { Constraint } from "./model.ts";

/** 1-based. */
export type ExpressionFault = { readonly message: string; readonly line: number; readonly column: number };

/** What an expression says of a configuration. `unknown`: it can't be evaluated there, and why. */
export type Verdict =
  | { readonly holds: true }
  | { readonly holds: false }
  | { readonly holds: "unknown"; readonly why: string };

/** `bundles` holds the effective configurations of the system's bundles in the same environment, by slug. */
export type ConstraintContext = { readonly config: JsonObject; readonly bundles: Readonly<Record<string, JsonObject>> };

export type CompiledExpression =
  | { readonly evaluate: (context: ConstraintContext) => Verdict; readonly fault?: undefined }
  | { readonly evaluate?: undefined; readonly fault: ExpressionFault };

const longest = 4_096;
const deepestBrackets = 40;
const remembered = new Map<string, CompiledExpression>();
const most = 1_000;

/**
 * Compiles a CEL expression over `config` and `bundles.<slug>`. Numbers of a configuration are doubles and may be
 * compared and computed with integers (`config.x <= 5` and `config.x <= 5.0` are the same). A field that is not there
 * makes the verdict unknown, as in CEL, unless another operand of && or || decides; `has(config.x)` asks for it.
 * Work is bounded by the expression's size and by counted steps, not by a clock, so that the same configuration
 * always gets the same verdict.
 */
export function compileConstraint(expression: string): CompiledExpression {
  const existing = remembered.get(expression);
  if (existing) return existing;
  const compiled = compile(expression);
  if (remembered.size >= most) remembered.clear();
  remembered.set(expression, compiled);
  return compiled;
}

function compile(expression: string): CompiledExpression {
  const size = sizeFault(expression);
  if (size) return { fault: { message: size, line: 1, column: 1 } };
  const parsed = parseExpression(expression);
  if ("fault" in parsed) return parsed;
  const { tree } = parsed;
  const counted = countedEnvironment();
  const [fault] = prepare(tree, (name) => counted.environment.funcs.find(name) !== undefined);
  if (fault) {
    const offset = tree.sourceInfo?.positions[fault.id.toString()] ?? 0;
    return { fault: { message: fault.message, ...placeAt(expression, offset) } };
  }
  const evaluate = plan(counted.environment, tree.expr);
  return {
    evaluate: ({ config, bundles }) => {
      counted.reset();
      const result = evaluate({ config: asInput(config), bundles: asInput(bundles) });
      if (counted.isExhausted()) {
        return { holds: "unknown", why: `it takes more than ${MOST_STEPS.toLocaleString("en")} steps here` };
      }
      if (isCelError(result)) return { holds: "unknown", why: explain(result.message) };
      if (typeof result !== "boolean") return { holds: "unknown", why: "its result is not true or false" };
      return { holds: result };
    },
  };
}

/** Whether a constraint applies to a bundle. */
export function appliesTo(constraint: Constraint, bundle: string): boolean {
  return constraint.bundles.length === 0 || constraint.bundles.includes(bundle);
}

/** The parameters of `config` that an expression names, as JSON Pointers, in its order; for showing where it is about. */
export function pointersIn(expression: string): readonly string[] {
  const withoutText = expression.replaceAll(/(?<![\]\w])\s*(["'])(?:\\.|(?!\1).)*\1(?!\])/gsu, "''");
  const names = withoutText.matchAll(/(?<![\w.])config((?:\.[A-Za-z_]\w*(?!\w|\s*\()|\[(["'])[^"'\\]*\2\])+)/gu);
  const pointers = [...names].map(([, path = ""]) =>
    formatPointer(
      [...path.matchAll(/\.(\w+)|\[["']([^"']*)["']\]/gu)].map(([, dotted, quoted]) => dotted ?? quoted ?? ""),
    ),
  );
  return [...new Set(pointers)];
}

function sizeFault(expression: string): string | null {
  if (expression.trim() === "") return "Write an expression, for example config.temperature <= 1";
  if (expression.length > longest)
    return `The expression is longer than ${longest.toLocaleString("en")} characters; split it`;
  let depth = 0;
  for (const character of expression) {
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    if (depth > deepestBrackets) return `The expression nests brackets deeper than ${deepestBrackets}; split it`;
  }
  return null;
}

function parseExpression(
  expression: string,
): { readonly tree: ReturnType<typeof parse> } | { readonly fault: ExpressionFault } {
  try {
    return { tree: parse(expression) };
  } catch (error) {
    // The parser has no other way to say that an expression, which is input here, is bad.
    if (!(error instanceof Error)) throw error;
    const found = /^<input>:(?<line>\d+):(?<column>\d+): (?<what>.*)$/su.exec(error.message)?.groups;
    const what = (found?.what ?? error.message).replace(/ but expecting .{60,}$/su, ", which can't stand here");
    return {
      fault: {
        message: `This is not CEL: ${what}`,
        line: Number(found?.line ?? 1),
        column: Number(found?.column ?? 1),
      },
    };
  }
}

function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** JSON is what CEL takes, apart from its readonly types. */
function asInput(value: unknown): CelInput {
  return value as CelInput;
}

/** CEL's errors for people; none repeats a value. */
function explain(message: string): string {
  const field = /^field not found: (.+)$/u.exec(message)?.[1];
  if (field !== undefined) return `“${field}” is not there (ask with has(…) first)`;
  if (/no matching overload/u.test(message)) {
    const types = /applied to '\(([^']*)\)'/u.exec(message)?.[1];
    return types === undefined ? "its operands don't fit together" : `its operands don't fit together (${types})`;
  }
  if (/unresolved attribute|unbound/u.test(message)) return "it uses a name that is not known";
  if (/out of bounds/u.test(message)) return "an index is past the end of its list";
  if (/zero/u.test(message)) return "it divides by zero";
  return "its operands can't be computed with";
}
