import type { ActionState } from "#components/ui/action-state.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** What a form keeps after a refusal; passwords are typed again. */
function typedValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$") && !/password|current|secret/i.test(name)) {
      values[name] = value;
    }
  }
  return values;
}

/** What a good answer says and keeps. */
type Done = Omit<ActionState, "ok" | "fields">;

/**
 * Runs what a form asked for and turns a refusal into the form's answer, with what was typed when `form` is given. What the
 * work returns, for example a message, is part of a good answer. Everything else that flies, redirects too, flies on.
 */
export async function answering(
  work: (() => Promise<Done>) | (() => Promise<void>),
  form?: FormData,
): Promise<ActionState> {
  try {
    const done = await work();
    return typeof done === "object" ? { ...done, ok: true } : { ok: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      ok: false,
      message: error.message,
      fields: error.fields,
      ...(form ? { values: typedValues(form) } : {}),
    };
  }
}
