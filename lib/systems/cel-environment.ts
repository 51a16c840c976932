import {
  type CelEnv,
  type CelFunc,
  CelScalar,
  type CelValue,
  celEnv,
  celFunc,
  celMethod,
  isCelList,
  isCelMap,
} from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";

const { BOOL, DOUBLE, DYN, INT, STRING } = CelScalar;

type Arithmetic = (left: number, right: number) => number;

/**
 * JSON has one kind of number, so every number of a configuration is a CEL double. Comparisons across CEL's number
 * types are standard; these overloads add arithmetic across them, so that `config.top_k * 2 <= 10` reads as it looks.
 */
const mixedArithmetic: readonly (readonly [string, Arithmetic])[] = [
  ["_+_", (left, right) => left + right],
  ["_-_", (left, right) => left - right],
  ["_*_", (left, right) => left * right],
  ["_/_", (left, right) => left / right],
  ["_%_", (left, right) => left % right],
];

const overloads: readonly CelFunc[] = [
  ...mixedArithmetic.flatMap(([operator, compute]) => [
    celFunc(operator, [INT, DOUBLE], DOUBLE, (left, right) => compute(Number(left), right)),
    celFunc(operator, [DOUBLE, INT], DOUBLE, (left, right) => compute(left, Number(right))),
  ]),
  celFunc("_%_", [DOUBLE, DOUBLE], DOUBLE, (left, right) => left % right),
];

/** How much work an evaluation may do: a turn of a loop is one step, and so are 200 characters or 10 entries handled. */
export const MOST_STEPS = 30_000;
const charactersInStep = 200;
const entriesInStep = 10;
const longestText = 1_048_576;

/** Functions that parts of an expression are wrapped in; their names can't be written in one. */
export const COUNTING = {
  /** Around the condition of a loop. */
  turn: "@turn",
  /** Around what a function is given that reads texts, or looks at no more of a list than its size. */
  text: "@text",
  /** Around what a function is given that goes through lists and maps. */
  whole: "@whole",
} as const;

/** The library's own takes time with the square of the text's length. */
const replacing: readonly CelFunc[] = [
  celMethod("replace", STRING, [STRING, STRING], STRING, function (from, to) {
    return replaced(this, { from, to, most: this.length });
  }),
  celMethod("replace", STRING, [STRING, STRING, INT], STRING, function (from, to, most) {
    return replaced(this, { from, to, most: most < 0n ? this.length : Number(most) });
  }),
];

function replaced(text: string, { from, to, most }: { from: string; to: string; most: number }): string {
  if (from === "") throw new Error("there is nothing to look for");
  const parts = text.split(from);
  const times = Math.min(parts.length - 1, most);
  if (text.length + times * (to.length - from.length) > longestText) throw new Error("the text is too long");
  return parts.slice(1).reduce((done, part, index) => done + (index < times ? to : from) + part, parts[0] ?? "");
}

/** Steps that handling a value takes, counted no further than `most`. */
function stepsOf(value: CelValue, most: number): number {
  let steps = 0;
  const pending: CelValue[] = [value];
  for (let next = pending.pop(); next !== undefined && steps < most; next = pending.pop()) {
    if (typeof next === "string") steps += next.length / charactersInStep;
    else if (isCelList(next)) for (const one of next) pending.push(one);
    else if (isCelMap(next)) for (const [key, one] of next) pending.push(key, one);
    steps += 1 / entriesInStep;
  }
  return steps;
}

export type CountedEnvironment = {
  readonly environment: CelEnv;
  /** Begins a new count. */
  readonly reset: () => void;
  /** Whether the count ran out, which ends every loop early and makes the result meaningless. */
  readonly isExhausted: () => boolean;
};

/** An environment of functions for one expression, which counts the work that it does. */
export function countedEnvironment(): CountedEnvironment {
  let steps = 0;
  const turn = celFunc(COUNTING.turn, [DYN], BOOL, (condition) => {
    steps += 1;
    return steps <= MOST_STEPS && condition !== false;
  });
  const spend = <T>(value: T, cost: number): T => {
    steps += cost;
    if (steps > MOST_STEPS) throw new Error("it takes too many steps");
    return value;
  };
  const text = celFunc(COUNTING.text, [DYN], DYN, (value) =>
    spend(value, typeof value === "string" ? value.length / charactersInStep : 0),
  );
  const whole = celFunc(COUNTING.whole, [DYN], DYN, (value) => spend(value, stepsOf(value, MOST_STEPS)));
  return {
    environment: celEnv({ funcs: [...strings, ...replacing, ...overloads, turn, text, whole] }),
    reset: () => {
      steps = 0;
    },
    isExhausted: () => steps > MOST_STEPS,
  };
}
