"use client";

import { useMemo, useState, useTransition } from "react";
import { CodeEditor } from "#components/editor/code-editor.tsx";
import { useRulesDraft } from "#components/systems/rules/rules-draft.tsx";
import { counted } from "#components/systems/words.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { toJsonText, toYaml } from "#lib/bundles/edit-source.ts";
import { parseLayer } from "#lib/bundles/parse.ts";
import { rulesAsJson } from "#lib/reviews/rules-merge.ts";
import type { Rules } from "#lib/systems/model.ts";
import type { RulesProblem } from "#lib/systems/rules-check.ts";

/** The whole of the rules as one text: the other way to write the same draft. */
export default function RulesDocumentEditor() {
  const { rules, mayWrite, write, actions, system, changes } = useRulesDraft();
  const toast = useToast();
  const [language, setLanguage] = useState<"yaml" | "json">("yaml");
  const written = useMemo(() => {
    const json = rulesAsJson(JSON.parse(JSON.stringify(rules)));
    return language === "yaml" ? toYaml(json) : toJsonText(json);
  }, [rules, language]);
  const [typed, setTyped] = useState<string | null>(null);
  const [found, setFound] = useState<readonly RulesProblem[]>([]);
  const [isBusy, start] = useTransition();
  const text = typed ?? written;
  const parsed = useMemo(() => parseLayer(text, "base"), [text]);
  const problems = useMemo(
    () => [
      ...parsed.problems.map(({ line = 1, column = 1, severity, message }) => ({ line, column, severity, message })),
      ...found.map(({ path, severity, message }) => {
        const place = parsed.locate(`/${path.replaceAll(".", "/")}`);
        return { line: place?.line ?? 1, column: place?.column ?? 1, severity, message: `${path}: ${message}` };
      }),
    ],
    [parsed, found],
  );

  const take = () =>
    start(async () => {
      if (parsed.value === null) return;
      // The server says whether it is a rules document before it is taken for one.
      const next = parsed.value as unknown as Rules;
      const answer = await actions.check({ system, rules: next });
      if (answer.kind === "refused") return toast.show({ title: answer.message, tone: "danger" });
      setFound(answer.problems);
      if (answer.problems.some((problem) => problem.severity === "error")) return;
      write(next);
      setTyped(null);
      toast.show({ title: "Taken over into the changes", tone: "ok", undo: () => write(rules) });
    });
  const switchTo = (next: "yaml" | "json") => {
    setLanguage(next);
    setTyped(null);
    setFound([]);
  };
  return (
    <Card labelledBy="document">
      <CardHeader
        title="Rules as one document"
        titleId="document"
        description="Catalogue, constraints, dependencies, policies and operations, with the changes collected so far"
        actions={
          <>
            <Button aria-pressed={language === "yaml"} disabled={typed !== null} onClick={() => switchTo("yaml")}>
              YAML
            </Button>
            <Button aria-pressed={language === "json"} disabled={typed !== null} onClick={() => switchTo("json")}>
              JSON
            </Button>
            {typed === null ? null : <Button onClick={() => setTyped(null)}>Take back</Button>}
            {mayWrite ? (
              <Button variant="primary" onClick={take} disabled={typed === null || parsed.value === null || isBusy}>
                {isBusy ? "Checking…" : "Take over"}
              </Button>
            ) : null}
          </>
        }
      />
      {problems.length > 0 ? (
        <div className="border-b border-border p-3">
          <Callout tone="danger" title={`${counted(problems.length, "problem")} in the text`} announce>
            <ul className="max-h-48 overflow-y-auto">
              {problems.map((problem) => (
                <li key={`${problem.line}:${problem.column}${problem.message}`}>
                  <span className="font-mono text-xs">
                    line {problem.line}, column {problem.column}:
                  </span>{" "}
                  {problem.message}
                </li>
              ))}
            </ul>
          </Callout>
        </div>
      ) : null}
      <CodeEditor
        value={text}
        language={language}
        label="Rules of the system"
        readOnly={!mayWrite}
        problems={problems}
        onChange={(next) => {
          if (next !== text) setTyped(next);
        }}
        height="70vh"
      />
      <p className="border-t border-border px-4 py-2 text-xs text-muted">
        {typed === null
          ? changes.length === 0
            ? "As in force"
            : `With ${counted(changes.length, "unsaved change")}`
          : "Edited; take it over to see it among the changes"}
      </p>
    </Card>
  );
}
