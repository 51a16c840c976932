import { structuredPatch } from "diff";

type Row = {
  readonly key: string;
  readonly kind: "same" | "added" | "removed";
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
};

function rowsOf(lines: readonly string[], start: { readonly before: number; readonly after: number }): readonly Row[] {
  let { before, after } = start;
  return lines
    .filter((line) => !line.startsWith("\\"))
    .map((line) => {
      const sign = line[0];
      const text = line.slice(1);
      const kind = sign === "+" ? "added" : sign === "-" ? "removed" : "same";
      const row = {
        key: `${before}/${after}/${sign}`,
        kind,
        before: kind === "added" ? null : before,
        after: kind === "removed" ? null : after,
        text,
      } as const;
      if (kind !== "added") before += 1;
      if (kind !== "removed") after += 1;
      return row;
    });
}

const SIGN = { same: " ", added: "+", removed: "−" } as const;

/**
 * The text diff as plain rows, made on the server: for paper and for pages without scripts, readable in black and white.
 * `always` shows it on the screen as well.
 */
export function PrintDiff({
  before,
  after,
  beforeTitle,
  afterTitle,
  always = false,
}: {
  readonly before: string;
  readonly after: string;
  readonly beforeTitle: string;
  readonly afterTitle: string;
  readonly always?: boolean;
}) {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: 3 });
  if (hunks.length === 0) return null;
  return (
    <div className={always ? undefined : "for-print"}>
      <table className="plain-diff" aria-label={`${beforeTitle} compared with ${afterTitle}`}>
        <caption className="py-1 text-left">
          − {beforeTitle} · + {afterTitle}
        </caption>
        {hunks.map((hunk) => (
          <tbody key={`${hunk.oldStart}-${hunk.newStart}`}>
            <tr>
              <td colSpan={4} className="text-muted">
                Lines {hunk.oldStart} to {hunk.oldStart + hunk.oldLines - 1}, now {hunk.newStart} to{" "}
                {hunk.newStart + hunk.newLines - 1}
              </td>
            </tr>
            {rowsOf(hunk.lines, { before: hunk.oldStart, after: hunk.newStart }).map((row) => (
              <tr key={row.key} data-kind={row.kind}>
                <td data-number="">{row.before}</td>
                <td data-number="">{row.after}</td>
                <td data-number="">{SIGN[row.kind]}</td>
                <td>{row.text}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
