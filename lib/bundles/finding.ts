import type { Problem } from "./model.ts";

/** A problem of a configuration, before it is known which layer of the document set the value. */
export type Finding = Pick<Problem, "rule" | "severity" | "message"> & {
  readonly pointer: string;
};

/** The checks that documents alone decide. Their ids are those of the gates. */
export type DocumentCheck =
  | "schema"
  | "constraints"
  | "models_pinned"
  | "overlay_policy"
  | "secrets"
  | "flags"
  | "ratchet";

/** Which check a problem belongs to, by the first word of its rule. Whatever can't be read fails the schema. */
export function checkOf(problem: Pick<Problem, "rule">): DocumentCheck {
  const [word] = problem.rule.split(".");
  switch (word) {
    case "constraint":
      return "constraints";
    case "model":
      return "models_pinned";
    case "overlay":
      return "overlay_policy";
    case "secret":
      return "secrets";
    case "flag":
      return "flags";
    case "ratchet":
      return "ratchet";
    default:
      return "schema";
  }
}
