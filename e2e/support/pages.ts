import type { Page } from "@playwright/test";

/** Submits a verdict by the review dialog, which must be open. */
export async function submitReview(
  page: Page,
  {
    verdict,
    summary,
    button,
  }: { readonly verdict: "Approve" | "Request changes"; readonly summary: string; readonly button: string },
): Promise<void> {
  const dialog = page.getByRole("dialog", { name: /^Review #/ });
  await dialog.getByRole("radio", { name: new RegExp(`^${verdict}`) }).check();
  await dialog.getByLabel("Summary").fill(summary);
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Replaces the text of the editor that has this name. */
export async function writeText(page: Page, editor: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: editor });
  await field.click();
  await field.fill(text);
}

/** Applies by the dialog behind the header's button. `confirm`: the stage to be typed, for the last one. */
export async function applyByDialog(page: Page, label: string, confirm?: string): Promise<void> {
  await page.getByRole("button", { name: label, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `${label}?` });
  if (confirm) await dialog.getByLabel(`Type ${confirm} to confirm`).fill(confirm);
  await dialog.getByRole("button", { name: label, exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}
