import { CircleCheck, OctagonAlert, TriangleAlert } from "lucide-react";
import type { LiveCheck } from "#components/bundles/editor/use-check.ts";
import { counted } from "#components/systems/words.ts";
import { cx } from "#components/ui/cx.ts";
import type { Problem } from "#lib/bundles/model.ts";

/** Everything that is wrong with the draft, errors first; each line goes to its place. */
export function ProblemPanel({
  problems,
  live,
  onGo,
}: {
  readonly problems: readonly Problem[];
  readonly live: LiveCheck;
  readonly onGo: (problem: Problem) => void;
}) {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  return (
    <section aria-labelledby="problems" className="border-t border-border">
      <h2 id="problems" className="flex flex-wrap items-center gap-x-3 px-4 py-2 text-sm font-semibold">
        Problems
        <span role="status" className="text-xs font-normal text-muted">
          {summary(errors, warnings, live)}
        </span>
      </h2>
      {problems.length === 0 ? (
        <p className="flex items-center gap-2 px-4 pb-3 text-sm text-muted">
          <CircleCheck aria-hidden className="size-4 text-ok-fg" />
          {live.check ? "Schema, constraints, overlay policy, secrets and model pins all hold" : "Looking…"}
        </p>
      ) : (
        <ul className="relative max-h-72 overflow-y-auto pb-2">
          {problems.map((problem) => (
            <li
              key={`${problem.layer}${problem.line}:${problem.column}${problem.rule}${problem.environment}${problem.message}`}
            >
              <button
                type="button"
                onClick={() => onGo(problem)}
                className="tap grid w-full grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 px-4 py-1.5 text-left text-sm -outline-offset-2 hover:bg-hover"
              >
                <Mark problem={problem} />
                <span className="min-w-0">
                  {problem.message}
                  <span className="block text-xs text-muted">
                    {problem.layer}
                    {problem.line === undefined ? "" : `, line ${problem.line}, column ${problem.column ?? 1}`}
                    {problem.pointer ? ` · ${problem.pointer}` : ""}
                    {problem.environment ? ` · seen in ${problem.environment}` : ""}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Mark({ problem }: { readonly problem: Problem }) {
  const Icon = problem.severity === "error" ? OctagonAlert : TriangleAlert;
  return (
    <Icon
      role="img"
      aria-label={problem.severity === "error" ? "Error" : "Warning"}
      className={cx("mt-0.5 size-4", problem.severity === "error" ? "text-danger-fg" : "text-warn-fg")}
    />
  );
}

function summary(errors: number, warnings: number, live: LiveCheck): string {
  const counts = `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  switch (live.state) {
    case "ready":
      return counts;
    case "updating":
      return `${counts}, updating…`;
    case "failed":
      return `${counts}, as last seen: ${live.message ?? "the server did not answer"}`;
  }
}
