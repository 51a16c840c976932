import { type CelEnv, type CelFunc, CelScalar, celEnv, celFunc } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";

const { BOOL, DOUBLE, DYN, INT } = CelScalar;

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

/** How much work an evaluation may do: each turn of each loop is one step. */
export const MOST_STEPS = 30_000;

/** The function that every loop's condition is wrapped in; its name can't be written in an expression. */
export const STEP = "@step";

export type CountedEnvironment = {
  readonly environment: CelEnv;
  /** Begins a new count. */
  readonly reset: () => void;
  /** Whether the count ran out, which ends every loop early and makes the result meaningless. */
  readonly isExhausted: () => boolean;
};

/** An environment of functions for one expression, which counts the turns of its loops. */
export function countedEnvironment(): CountedEnvironment {
  let steps = 0;
  const step = celFunc(STEP, [DYN], BOOL, (condition) => {
    steps += 1;
    return steps <= MOST_STEPS && condition !== false;
  });
  return {
    environment: celEnv({ funcs: [...strings, ...overloads, step] }),
    reset: () => {
      steps = 0;
    },
    isExhausted: () => steps > MOST_STEPS,
  };
}
