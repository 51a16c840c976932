import type { Json } from "#lib/kernel/json.ts";

/** What a field of a form says, without the spaces around it. */
export function textIn(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

/** Absent when nothing was written. */
export function optionalText(form: FormData, name: string): string | undefined {
  return textIn(form, name) || undefined;
}

/** NaN for what is no number, which the check refuses with its own words; absent when nothing was written. */
export function optionalNumber(form: FormData, name: string): number | undefined {
  const text = textIn(form, name);
  return text === "" ? undefined : Number(text);
}

export function numberIn(form: FormData, name: string): number {
  return Number(textIn(form, name) || "0");
}

/** The values of a field that was chosen several times. */
export function listIn(form: FormData, name: string): readonly string[] {
  return form.getAll(name).map(String);
}

/** JSON that was written into a field: its value, nothing when it is empty, or what is wrong. */
export function jsonIn(form: FormData, name: string): { readonly value?: Json } | { readonly problem: string } {
  const text = textIn(form, name);
  if (text === "") return {};
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: `This is not JSON: ${error.message}` };
  }
}
