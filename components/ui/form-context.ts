"use client";

import { createContext } from "react";
import type { ActionState } from "#components/ui/action-state.ts";

/** What the form's action answered last: fields find their error and what was typed in it. */
export const FormStateContext = createContext<ActionState>({});

/** What a field tells the control inside it. */
export type FieldWiring = {
  readonly id: string;
  readonly name?: string;
  readonly describedBy?: string;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
  readonly typed?: string;
};

export const FieldContext = createContext<FieldWiring | null>(null);

/** Closes the dialog around; null outside of one. A form that was answered well uses it. */
export const CloseDialogContext = createContext<(() => void) | null>(null);
