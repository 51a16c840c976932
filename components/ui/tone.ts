/** ok: as it should be · info: worth knowing · warn: needs care · danger: wrong or destructive · neutral: no judgement · accent: active */
export type Tone = "ok" | "info" | "warn" | "danger" | "neutral" | "accent";

/** Background, border and text that pass 4.5:1 in both modes. */
export const TONE_CLASS: Readonly<Record<Tone, string>> = {
  ok: "bg-ok-bg border-ok-border text-ok-fg",
  info: "bg-info-bg border-info-border text-info-fg",
  warn: "bg-warn-bg border-warn-border text-warn-fg",
  danger: "bg-danger-bg border-danger-border text-danger-fg",
  neutral: "bg-neutral-bg border-neutral-border text-neutral-fg",
  accent: "bg-accent-bg border-accent-border text-accent-fg",
};

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  ok: "text-ok-fg",
  info: "text-info-fg",
  warn: "text-warn-fg",
  danger: "text-danger-fg",
  neutral: "text-neutral-fg",
  accent: "text-accent-fg",
};
