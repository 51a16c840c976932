"use client";

import { Bookmark } from "lucide-react";
import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

export type NamedView = { readonly id: string; readonly name: string; readonly query: string };

/** One's own names for addresses of a list, open at once. `query`: what the list shows now. */
export function SavedViewsPopover({
  page,
  query,
  views,
  save,
  forget,
}: {
  readonly page: string;
  readonly query: string;
  readonly views: readonly NamedView[];
  readonly save: FormAction;
  readonly forget: FormAction;
}) {
  return (
    <Popover
      title="Saved views"
      isOpenAtFirst
      trigger={
        <>
          <Bookmark aria-hidden />
          Views
        </>
      }
    >
      {views.length === 0 ? (
        <p className="text-sm text-muted">A saved view is your own name for a filter. You have none yet.</p>
      ) : (
        <ul className="grid gap-1">
          {views.map((view) => (
            <li key={view.id} className="flex items-center gap-2">
              <TextLink quiet href={`${page}?${view.query}`} className="grow truncate py-1">
                {view.name}
              </TextLink>
              <ActionForm action={forget} hidden={{ viewId: view.id }} label={`Forget ${view.name}`} className="">
                <SubmitButton variant="ghost" size="sm">
                  Forget<span className="sr-only"> {view.name}</span>
                </SubmitButton>
              </ActionForm>
            </li>
          ))}
        </ul>
      )}
      {query === "" ? null : (
        <ActionForm
          action={save}
          hidden={{ page, query }}
          resetOnDone
          label="Save this view"
          className="mt-3 grid gap-2 border-t border-border pt-3"
        >
          <Field label="Name of this view" name="name" required>
            <Input maxLength={80} />
          </Field>
          <SubmitButton>Save this view</SubmitButton>
        </ActionForm>
      )}
    </Popover>
  );
}
