import type { Json } from "#lib/kernel/json.ts";

/** A setting of a threshold as people say it: on and off, or the number with its unit. */
export function settingText(value: Json | null, unit: string | null): string {
  if (value === null) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return unit === null ? text : `${text} ${unit}`;
}

/** A signed step, with what it means: `relaxed by 0.04`, `tightened by 2 s`. */
export function stepText(relaxation: number, unit: string | null): string {
  const size = `${Math.abs(relaxation)}${unit === null ? "" : ` ${unit}`}`;
  return relaxation > 0 ? `relaxed by ${size}` : `tightened by ${size}`;
}
