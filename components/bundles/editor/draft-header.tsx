"use client";

import { useState, useTransition } from "react";
import type { DraftPageProps } from "#components/bundles/editor/draft-editor.tsx";
import { ExportButton, ImportDialog } from "#components/bundles/editor/import-dialog.tsx";
import { SaveState } from "#components/bundles/editor/save-state.tsx";
import { TitleDialog } from "#components/bundles/editor/title-dialog.tsx";
import type { DraftSync } from "#components/bundles/editor/use-draft-sync.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { exportFileName } from "#lib/bundles/export-name.ts";
import type { Layer } from "#lib/bundles/model.ts";

/** What the draft is, where its text is, and what can be done with it as a whole. */
export function DraftHeader({
  page,
  sync,
  layer,
  text,
  isEditable,
  askForReview,
}: {
  readonly page: DraftPageProps;
  readonly sync: DraftSync;
  readonly layer: Layer;
  /** The open layer's text. */
  readonly text: () => string;
  readonly isEditable: boolean;
  readonly askForReview: () => void;
}) {
  const { draft, bundle, system, base, change, can, actions } = page;
  const [title, setTitle] = useState(draft.title);
  const here = `/systems/${system.slug}/bundles/${bundle.slug}`;
  return (
    <PageHeader
      title={title || `Draft of ${bundle.name}`}
      breadcrumbs={[
        { label: "Systems", href: "/systems" },
        { label: system.name, href: `/systems/${system.slug}` },
        { label: bundle.name, href: here },
      ]}
      meta={
        <>
          <SaveState sync={sync} isEditable={isEditable} />
          <span>
            {base ? (
              <>
                Started from <TextLink href={`/versions/${base.id}`}>{base.semver}</TextLink>
              </>
            ) : (
              "The first version"
            )}
          </span>
          {change ? (
            <TextLink href={`/changes/${change.number}`}>
              In change request #{change.number}, {change.state.replaceAll("_", " ")}
            </TextLink>
          ) : null}
        </>
      }
      actions={
        <>
          {isEditable ? (
            <TitleDialog draftId={draft.id} title={title} sync={sync} rename={actions.rename} onRenamed={setTitle} />
          ) : null}
          {isEditable ? (
            <ImportDialog draftId={draft.id} layer={layer} sync={sync} importText={actions.importText} />
          ) : null}
          <ExportButton
            name={exportFileName({ bundle: bundle.slug, label: "draft", layer, format: "yaml" })}
            text={text}
          >
            Export
          </ExportButton>
          {isEditable && draft.state === "open" ? <Discard page={page} sync={sync} here={here} /> : null}
          {isEditable && change ? <UpdateRequest page={page} sync={sync} number={change.number} /> : null}
          {!change && isEditable && can.propose ? (
            <Button variant="primary" onClick={askForReview} title="Ctrl Enter">
              Ask for review
            </Button>
          ) : null}
        </>
      }
    />
  );
}

function Discard({
  page,
  sync,
  here,
}: {
  readonly page: DraftPageProps;
  readonly sync: DraftSync;
  readonly here: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, start] = useTransition();
  const toast = useToast();
  const discard = () =>
    start(async () => {
      const answer = await page.actions.discard({ draftId: page.draft.id, revision: sync.saved.revision, goTo: here });
      setOpen(false);
      if (answer.kind === "conflict") sync.apply({ did: "conflict", theirs: answer.theirs });
      if (answer.kind === "refused") toast.show({ title: answer.message, tone: "danger" });
    });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      trigger={{ label: "Discard", variant: "ghost" }}
      title="Discard this draft?"
      description="It can't be edited or proposed any more. The bundle and its versions stay as they are."
    >
      <DialogActions cancelLabel="Keep it">
        <Button variant="danger" onClick={discard} disabled={isBusy}>
          Discard draft
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function UpdateRequest({
  page,
  sync,
  number,
}: {
  readonly page: DraftPageProps;
  readonly sync: DraftSync;
  readonly number: number;
}) {
  const [isBusy, start] = useTransition();
  const toast = useToast();
  const update = () =>
    start(async () => {
      if (!(await sync.saveNow())) return;
      const answer = await page.actions.update({ number });
      if (answer.kind === "refused") toast.show({ title: answer.message, tone: "danger" });
    });
  return (
    <Button variant="primary" onClick={update} disabled={isBusy} title="Approvals given so far will be dismissed">
      Update request #{number}
    </Button>
  );
}
