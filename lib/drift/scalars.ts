import { tidy } from "#lib/bundles/strictness.ts";

const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/iu;

/** A number that a text spells in full, as JSON, a shell or a person would write it; undefined when it does not. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!numeral.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  "1": true,
  false: false,
  no: false,
  off: false,
  "0": false,
};

/** A truth value in the spellings that environment variables use; undefined when the text is none. */
export function readBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return Object.hasOwn(truths, word) ? truths[word] : undefined;
}

const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const unitWords: Readonly<Record<string, keyof typeof milliseconds>> = {
  millisecond: "ms",
  milliseconds: "ms",
  second: "s",
  seconds: "s",
  sec: "s",
  minute: "m",
  minutes: "m",
  min: "m",
  hour: "h",
  hours: "h",
  day: "d",
  days: "d",
};

const goDuration = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h|d))+$/u;
const isoDuration = /^P(?:(?<d>\d+)D)?(?:T(?:(?<h>\d+)H)?(?:(?<m>\d+)M)?(?:(?<s>\d+(?:\.\d+)?)S)?)?$/u;

/**
 * A length of time (`30s`, `1h30m`, `PT30S`, or a bare number in `unit`) as a number in `unit`, by default milliseconds.
 * Undefined when the text is none.
 */
export function readDuration(text: string, unit: string | undefined): number | undefined {
  const bare = readNumber(text);
  if (bare !== undefined) return bare;
  const total = millisecondsIn(text.trim());
  if (total === undefined) return undefined;
  const name = (unit ?? "ms").toLowerCase();
  return tidy(total / (milliseconds[unitWords[name] ?? name] ?? 1));
}

function millisecondsIn(text: string): number | undefined {
  if (goDuration.test(text)) {
    const parts = text.matchAll(/(?<amount>\d+(?:\.\d+)?)(?<unit>[a-zµμ]+)/gu);
    return [...parts].reduce(
      (sum, { groups }) => sum + Number(groups?.amount) * (milliseconds[groups?.unit ?? ""] ?? 0),
      0,
    );
  }
  const iso = isoDuration.exec(text)?.groups;
  if (iso === undefined || /[PT]$/u.test(text)) return undefined;
  return (["d", "h", "m", "s"] as const).reduce(
    (sum, part) => sum + Number(iso[part] ?? 0) * (milliseconds[part] ?? 0),
    0,
  );
}

const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** A quantity as Kubernetes spells it (`512Mi`, `100m`, `2e3`) as a number; undefined when the text is none. */
export function readQuantity(text: string): number | undefined {
  const groups = /^(?<amount>[+-]?(?:\d+\.?\d*|\.\d+))(?<suffix>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})?$/u.exec(
    text.trim(),
  )?.groups;
  if (groups === undefined) return undefined;
  const { amount = "", suffix = "" } = groups;
  const power = binarySuffixes.indexOf(suffix);
  if (power !== -1) return Number(amount) * 1024 ** (power + 1);
  // Spelled as an exponent, so that 100m is exactly 0.1.
  const exponent = decimalSuffixes[suffix] ?? Number(suffix.slice(1));
  const value = Number(`${amount}e${exponent}`);
  return Number.isFinite(value) ? value : undefined;
}

/** `v1.2` as `1.2.0`: without the letter and with all three numbers; undefined when the text is no version. */
export function readSemver(text: string): string | undefined {
  const groups =
    /^[v=]?(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?(?<rest>(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/u.exec(
      text.trim(),
    )?.groups;
  if (groups === undefined) return undefined;
  const numbers = [groups.major, groups.minor ?? "0", groups.patch ?? "0"].map((part) => String(Number(part)));
  return `${numbers.join(".")}${groups.rest ?? ""}`;
}

/** An address as the URL standard writes it: host in lower case, no default port, dots resolved; undefined for none. */
export function readUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return undefined;
  return new URL(trimmed).href.replaceAll(/%[0-9a-f]{2}/giu, (octet) => octet.toUpperCase());
}

/**
 * Text with line feeds as line ends, and without its one final line end: editors and shells add and drop both. Nothing
 * else: white space has a meaning in prompts. Two or more line ends at the end stay.
 */
export function plainText(text: string): string {
  const lines = text.includes("\r\n") ? text.replaceAll(/\r+\n/gu, "\n") : text;
  return lines.endsWith("\n") && !lines.endsWith("\n\n") ? lines.slice(0, -1) : lines;
}
