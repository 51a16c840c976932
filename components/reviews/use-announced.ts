"use client";

import type { FormAction } from "#components/ui/action-state.ts";
import { useToast } from "#components/ui/toast.tsx";

/**
 * The action, with its success announced as soon as it answers: what it does to the request may take the form away before
 * the form itself could say so.
 */
export function useAnnounced(action: FormAction): FormAction {
  const toast = useToast();
  return async (state, form) => {
    const { message, ...answer } = await action(state, form);
    if (!answer.ok) return { ...answer, message };
    if (message) toast.show({ title: message, tone: "ok" });
    return answer;
  };
}
