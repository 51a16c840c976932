export type Variables = { readonly variables: Readonly<Record<string, string>> } | { readonly unreadable: string };

/**
 * An environment file as a POSIX shell reads it (`set -a; . file`), which systemd understands as well. Each value is one
 * part in double quotes: systemd takes what follows a part that was closed, as in 'it'\''s', for a plain value, which the
 * value's own next line would end, to begin another variable.
 */
export function writeVariables(variables: Readonly<Record<string, string>>, comment: string): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}="${value.replaceAll(/[$`"\\]/g, "\\$&")}"`);
  return `${[`# ${comment}`, ...lines].join("\n")}\n`;
}

const assignment = /(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=/y;
const blank = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const parts = {
  single: /'([^']*)'/y,
  double: /"((?:[^"\\]|\\[\s\S])*)"/y,
  plain: /(?:[^\s'"\\#]|\\[\s\S])(?:[^\s'"\\]|\\[\s\S])*/y,
} as const;

/** Reads such a file: plain, 'single' and "double" quoted values, comments, `export`. Expands nothing. */
export function parseVariables(text: string): Variables {
  const variables: Record<string, string> = {};
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  }

  function value(): string {
    let whole = "";
    for (;;) {
      const single = take(parts.single);
      if (single) {
        whole += single[1];
        continue;
      }
      const double = take(parts.double);
      if (double) {
        whole += (double[1] ?? "").replaceAll(/\\([$`"\\\n])/g, (_, escaped) => (escaped === "\n" ? "" : escaped));
        continue;
      }
      const plain = take(parts.plain);
      if (!plain) return whole;
      whole += plain[0].replaceAll(/\\([\s\S])/g, "$1");
    }
  }

  while (at < text.length) {
    take(/[ \t]*/y);
    if (take(blank)) continue;
    const name = take(assignment)?.[1];
    if (name !== undefined) variables[name] = value();
    if (name === undefined || !take(blank)) {
      return {
        unreadable: `Line ${text.slice(0, at).split("\n").length}: expected NAME=value, quoted where it has spaces`,
      };
    }
  }
  return { variables };
}
