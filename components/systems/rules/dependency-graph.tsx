"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { busiest, neighbourhood } from "#components/systems/rules/neighbourhood.ts";
import { counted } from "#components/systems/words.ts";
import { NativeSelect } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Dependency, Rules } from "#lib/systems/model.ts";

const Drawing = dynamic(() => import("#components/systems/rules/dependency-drawing.tsx"), {
  ssr: false,
  loading: () => <Skeleton className="m-4 h-[60vh]" />,
});

const STEPS = [
  { value: "1", label: "Direct neighbours" },
  { value: "2", label: "Two steps around" },
];
const ALL = "all";

/** Around one parameter, because the whole is hard to read; the table beside it has everything. */
export function DependencyGraph({
  dependencies,
  inCycle,
  rules,
}: {
  readonly dependencies: readonly Dependency[];
  readonly inCycle: ReadonlySet<string>;
  readonly rules: Rules;
}) {
  const places = useMemo(
    () => [...new Set(dependencies.flatMap(({ from, to }) => [from, to]))].toSorted(),
    [dependencies],
  );
  const [focus, setFocus] = useState<string>(() => busiest(dependencies) ?? ALL);
  const [steps, setSteps] = useState("2");
  const shown = neighbourhood(dependencies, focus === ALL ? null : focus, Number(steps));
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2 border-b border-border px-3 py-2">
        <NativeSelect
          aria-label="Around which parameter"
          value={focus}
          onChange={(event) => setFocus(event.target.value)}
          options={[{ value: ALL, label: "Show all" }, ...places.map((place) => ({ value: place, label: place }))]}
          className="max-w-md min-w-0 grow"
        />
        {focus === ALL ? null : (
          <NativeSelect
            aria-label="How far"
            value={steps}
            onChange={(event) => setSteps(event.target.value)}
            options={STEPS}
            className="w-44"
          />
        )}
        <p role="status" className="ml-auto text-xs text-muted">
          {shown.length} of {counted(dependencies.length, "dependency", "dependencies")}
        </p>
      </div>
      <Drawing
        dependencies={shown}
        focus={focus}
        inCycle={inCycle}
        kindOf={(place) => rules.parameters.find((rule) => rule.pattern === place)?.kind}
        onChoose={setFocus}
      />
    </div>
  );
}
