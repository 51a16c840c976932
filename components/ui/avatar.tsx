import { cx } from "#components/ui/cx.ts";
import { TONE_CLASS, type Tone } from "#components/ui/tone.ts";

const TONES: readonly Tone[] = ["accent", "info", "ok", "warn", "danger", "neutral"];

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return (
    picked
      .map((word) => [...(word ?? "")][0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}

function toneOf(name: string): Tone {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return TONES[sum % TONES.length] ?? "neutral";
}

/** Initials in a colour that stays with the name. Beside the written name it is decoration; `alone` it is read out. */
export function Avatar({
  name,
  size = "md",
  alone = false,
}: {
  readonly name: string;
  readonly size?: "sm" | "md";
  readonly alone?: boolean;
}) {
  return (
    <span
      {...(alone ? { role: "img", "aria-label": name, title: name } : { "aria-hidden": true })}
      className={cx(
        "inline-grid shrink-0 place-items-center rounded-full border font-semibold select-none",
        size === "sm" ? "size-5 text-[0.5625rem]" : "size-7 text-[0.6875rem]",
        TONE_CLASS[toneOf(name)],
      )}
    >
      {initials(name)}
    </span>
  );
}
