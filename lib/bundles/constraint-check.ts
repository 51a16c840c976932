import type { JsonObject } from "#lib/kernel/json.ts";
import { getAt } from "#lib/kernel/pointer.ts";
import { appliesTo, compileConstraint, pointersIn } from "#lib/systems/constraints.ts";
import type { Constraint, Rules } from "#lib/systems/model.ts";
import type { Finding } from "./finding.ts";

/**
 * The constraints that an effective configuration breaks, or on which they can't be evaluated. Those that look at
 * other bundles are left out when `otherBundles` (their effective configurations in the same environment) is.
 */
export function checkConstraints(question: {
  readonly value: JsonObject;
  readonly rules: Rules;
  readonly bundle: string;
  readonly otherBundles?: Readonly<Record<string, JsonObject>>;
}): readonly Finding[] {
  const { value, bundle, otherBundles } = question;
  const bundles = { ...otherBundles, [bundle]: value };
  return question.rules.constraints
    .filter((constraint) => appliesTo(constraint, bundle))
    .filter((constraint) => otherBundles !== undefined || !/(?<![\w.])bundles\b/u.test(constraint.expression))
    .flatMap((constraint) => judge(constraint, value, bundles));
}

function judge(
  constraint: Constraint,
  config: JsonObject,
  bundles: Readonly<Record<string, JsonObject>>,
): readonly Finding[] {
  const all = pointersIn(constraint.expression);
  // `has(config.a) && config.a.b > 1` is about the latter.
  const named = all.filter((candidate) => !all.some((other) => other.startsWith(`${candidate}/`)));
  const pointer = named.find((candidate) => getAt(config, candidate) !== undefined) ?? named[0] ?? "";
  const { severity, id, message } = constraint;
  const { evaluate, fault } = compileConstraint(constraint.expression);
  if (fault !== undefined) {
    return [
      {
        rule: "constraint.invalid",
        severity,
        message: `Constraint “${id}” is not valid CEL: ${fault.message}`,
        pointer,
      },
    ];
  }
  const verdict = evaluate({ config, bundles });
  if (verdict.holds === true) return [];
  if (verdict.holds === false)
    return [{ rule: "constraint", severity, message: `${message} (constraint “${id}”)`, pointer }];
  return [
    { rule: "constraint.unknown", severity, message: `Constraint “${id}” can't be evaluated: ${verdict.why}`, pointer },
  ];
}
