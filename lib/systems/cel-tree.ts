import type { parse } from "@bufbuild/cel";
import { COUNTING } from "./cel-environment.ts";

type Parsed = ReturnType<typeof parse>;
type Expr = Parsed["expr"];

export type Fault = { readonly id: bigint; readonly message: string };

/** Deeper nesting of loops is refused: their work multiplies. */
const deepestLoop = 3;

/**
 * Walks an expression before it is planned: names that do not exist are faults. The condition of every loop is wrapped
 * so that its turns are counted, and what functions are given, so that large values count too. Changes the tree.
 */
export function prepare(parsed: Parsed, has: (name: string) => boolean): readonly Fault[] {
  const faults: Fault[] = [];
  visit(parsed.expr, new Set(["config", "bundles"]), 0);
  return faults;

  function visit(expr: Expr | undefined, names: ReadonlySet<string>, loops: number): void {
    if (expr === undefined) return;
    const { exprKind: kind } = expr;
    switch (kind.case) {
      case "identExpr":
        if (!names.has(kind.value.name) && !typeNames.has(kind.value.name)) {
          faults.push({ id: expr.id, message: `“${kind.value.name}” is not known; use config or bundles` });
        }
        return;
      case "selectExpr":
        visit(kind.value.operand, names, loops);
        return;
      case "callExpr":
        if (!has(kind.value.function) && !builtIn.has(kind.value.function)) {
          faults.push({ id: expr.id, message: `There is no function “${kind.value.function}”` });
        }
        visit(kind.value.target, names, loops);
        for (const argument of kind.value.args) visit(argument, names, loops);
        weigh(kind.value);
        return;
      case "listExpr":
        for (const element of kind.value.elements) visit(element, names, loops);
        return;
      case "structExpr":
        if (kind.value.messageName !== "") {
          faults.push({ id: expr.id, message: `There is no type “${kind.value.messageName}”; compare plain values` });
        }
        for (const entry of kind.value.entries) {
          if (entry.keyKind.case === "mapKey") visit(entry.keyKind.value, names, loops);
          visit(entry.value, names, loops);
        }
        return;
      case "comprehensionExpr": {
        const loop = kind.value;
        if (loops >= deepestLoop) {
          faults.push({ id: expr.id, message: `Loops are nested deeper than ${deepestLoop}; say it more simply` });
          return;
        }
        const inside = new Set([...names, loop.iterVar, loop.iterVar2, loop.accuVar]);
        visit(loop.iterRange, names, loops);
        visit(loop.accuInit, names, loops);
        visit(loop.loopCondition, inside, loops + 1);
        visit(loop.loopStep, inside, loops + 1);
        visit(loop.result, inside, loops);
        if (loop.loopCondition) loop.loopCondition = within(COUNTING.turn, loop.loopCondition);
        return;
      }
      case "constExpr":
      case undefined:
        return;
    }
  }
}

const typeNames: ReadonlySet<string> = new Set([
  "bool",
  "bytes",
  "double",
  "int",
  "list",
  "map",
  "null_type",
  "string",
  "type",
  "uint",
]);

/** Operators that the planner itself carries out. */
const builtIn: ReadonlySet<string> = new Set([
  "_&&_",
  "_||_",
  "_?_:_",
  "_==_",
  "_!=_",
  "_[_]",
  "@not_strictly_false",
  "@in",
]);

/** Operators that hand a value on, or take one member of it. */
const free: ReadonlySet<string> = new Set(["_&&_", "_||_", "!_", "_?_:_", "_[_]", "@not_strictly_false"]);
/** Functions that go through the lists and maps they are given. */
const thorough: ReadonlySet<string> = new Set(["_==_", "_!=_", "@in", "join", "format", "type", "string"]);

type Call = Extract<NonNullable<Expr>["exprKind"], { case: "callExpr" }>["value"];

function weigh(call: Call): void {
  if (free.has(call.function)) return;
  const name = thorough.has(call.function) ? COUNTING.whole : COUNTING.text;
  if (call.target) call.target = within(name, call.target);
  call.args = call.args.map((argument) => (argument.exprKind.case === "constExpr" ? argument : within(name, argument)));
}

function within(name: string, expr: NonNullable<Expr>): NonNullable<Expr> {
  return {
    $typeName: "cel.expr.Expr",
    id: expr.id,
    exprKind: { case: "callExpr", value: { $typeName: "cel.expr.Expr.Call", function: name, args: [expr] } },
  };
}
