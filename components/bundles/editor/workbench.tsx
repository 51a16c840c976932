"use client";

import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { ConflictBar } from "#components/bundles/editor/conflict-bar.tsx";
import type { DraftPageProps } from "#components/bundles/editor/draft-editor.tsx";
import { DraftHeader } from "#components/bundles/editor/draft-header.tsx";
import { fieldId } from "#components/bundles/editor/form/field-row.tsx";
import { type PendingFields, PendingFieldsContext } from "#components/bundles/editor/form/typed.ts";
import { LayerBar } from "#components/bundles/editor/layer-bar.tsx";
import { LayerEditor } from "#components/bundles/editor/layer-editor.tsx";
import { type ParsedSource, parseSource, readableDocument } from "#components/bundles/editor/parsed.ts";
import { usePlace } from "#components/bundles/editor/place.ts";
import { ProblemPanel } from "#components/bundles/editor/problem-panel.tsx";
import { SidePane } from "#components/bundles/editor/side-pane.tsx";
import { unsavedLayers } from "#components/bundles/editor/sync.ts";
import { useCheck } from "#components/bundles/editor/use-check.ts";
import { useDraftSync } from "#components/bundles/editor/use-draft-sync.ts";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { toRoute } from "#components/ui/route.ts";
import { textOf, withText } from "#lib/bundles/draft-rules.ts";
import type { BundleDocument, Problem } from "#lib/bundles/model.ts";

/** The editor: layers as form, YAML or JSON of one text, what is wrong with it, and what it would mean. */
export default function Workbench(page: DraftPageProps) {
  const { draft, bundle, system, environments, rules, base, can, actions } = page;
  const router = useRouter();
  const isEditable = can.edit && (draft.state === "open" || draft.state === "proposed");
  const sync = useDraftSync(draft, actions.save, isEditable);
  const place = usePlace(["base", ...environments.map((one) => one.slug)]);
  const [goTo, setGoTo] = useState<Problem>();
  const [fields] = useState<PendingFields>(() => new Set());

  const shown = useDeferredValue(sync.text);
  const { parsed, document: readable } = useReadable(shown);
  const live = useCheck(
    sync.text,
    { system: system.slug, bundle: bundle.slug, baseVersionId: base?.id ?? null },
    actions.check,
  );
  const problems = useMemo(
    () => allProblems(parsed, live.check?.problems ?? [], live.state === "ready"),
    [parsed, live],
  );

  const saveAll = async () => {
    for (const handOver of fields) handOver();
    return sync.saveNow();
  };
  const askForReview = async () => {
    if (await saveAll()) router.push(toRoute(`/changes/new?draft=${draft.id}`));
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !isEditable) return;
    if (document.querySelector("[role=dialog]")) return;
    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      void saveAll();
    }
    if (event.key === "Enter" && draft.state === "open" && can.propose) {
      event.preventDefault();
      void askForReview();
    }
  });
  const onLeave = useEffectEvent(() => {
    for (const handOver of fields) handOver();
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => onKey(event);
    const leave = () => onLeave();
    // Before the text editor sees them: it knows Ctrl Enter as something else.
    addEventListener("keydown", press, { capture: true });
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("keydown", press, { capture: true });
      removeEventListener("pagehide", leave);
    };
  }, []);

  const go = (problem: Problem) => {
    const field = problem.pointer ? fieldOf(problem.pointer) : null;
    if (place.mode === "form" && place.layer === problem.layer && field) {
      field.scrollIntoView({ block: "center" });
      return field.focus();
    }
    const canShow = place.mode !== "form" && (place.mode !== "json" || problem.pointer !== undefined);
    place.go({ layer: problem.layer, mode: canShow ? place.mode : "yaml" });
    setGoTo({ ...problem });
  };

  return (
    <PendingFieldsContext value={fields}>
      <DraftHeader
        page={page}
        sync={sync}
        layer={place.layer}
        text={() => textOf(sync.text, place.layer)}
        isEditable={isEditable}
        askForReview={() => void askForReview()}
      />
      <div className="grid gap-3">
        {sync.phase.is === "conflict" ? <ConflictBar sync={sync} theirs={sync.phase.theirs} /> : null}
        {sync.phase.is === "refused" ? (
          <Callout tone="danger" title="The draft was not saved" announce>
            {sync.phase.message}. What is on the screen is kept in this browser.
          </Callout>
        ) : null}
        {sync.restored.length > 0 && sync.phase.is !== "conflict" && unsavedLayers(sync).length > 0 ? (
          <Callout title="Put back what this browser had kept" announce>
            Changes of {sync.restored.join(", ")} had not reached the server when this page was left. They are being
            saved now.
          </Callout>
        ) : null}
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
          <Card>
            <LayerBar
              environments={environments}
              layer={place.layer}
              mode={place.mode}
              problems={problems}
              unsaved={unsavedLayers(sync)}
              go={place.go}
            />
            <LayerEditor
              key={place.layer}
              place={place}
              text={textOf(sync.text, place.layer)}
              parsed={parsed}
              base={readable.base}
              rules={rules}
              bundle={bundle}
              problems={problems}
              isReadOnly={!isEditable}
              goTo={goTo}
              onEdit={(change) =>
                sync.type((source) => withText(source, place.layer, change(textOf(source, place.layer))))
              }
            />
            <ProblemPanel problems={problems} live={live} onGo={go} />
            {isEditable ? (
              <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-border px-4 py-2 text-xs text-muted max-sm:hidden">
                Saved as you type
                <span>
                  <Kbd keys="Ctrl S" /> save now
                </span>
                <span>
                  <Kbd keys="Ctrl Enter" /> ask for review
                </span>
              </p>
            ) : null}
          </Card>
          <SidePane
            layer={place.layer}
            document={readable}
            isCurrent={[...parsed.layers.values()].every((layer) => layer.value !== null)}
            environments={environments}
            rules={rules}
            bundle={bundle.slug}
            base={base}
            live={live}
          />
        </div>
      </div>
    </PendingFieldsContext>
  );
}

function fieldOf(pointer: string): HTMLElement | null {
  return document.getElementById(fieldId(pointer));
}

/** The texts as they read, and the document that they last made when one of them can't be read. */
function useReadable(source: DraftPageProps["draft"]["source"]) {
  const before = useRef<{ readonly parsed: ParsedSource; readonly document: BundleDocument }>(undefined);
  return useMemo(() => {
    const parsed = parseSource(source, before.current?.parsed ?? null);
    const last = readableDocument(parsed, before.current?.document ?? null);
    before.current = { parsed, document: last };
    return before.current;
  }, [source]);
}

/**
 * What the browser sees at once, and what the server found. Until the server has seen this very text, its findings keep
 * their places as far as they still exist.
 */
function allProblems(parsed: ParsedSource, found: readonly Problem[], isCurrent: boolean): readonly Problem[] {
  if (isCurrent) return found;
  const local = [...parsed.layers.values()].flatMap((layer) => layer.problems);
  const isReading = (problem: Problem) => problem.rule.startsWith("yaml.");
  return [...local, ...found.filter((problem) => !isReading(problem))];
}
