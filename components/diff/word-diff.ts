import { diffWordsWithSpace } from "diff";

export type WordRun = { readonly kind: "same" | "added" | "removed" | "fold"; readonly text: string };

/** Unchanged text longer than this is folded to its ends. */
const FOLD_ABOVE = 240;
const KEEP = 90;

/** Two texts as runs of words, long unchanged runs folded: the ends stay for context, `fold` says how much is left out. */
export function wordRuns(before: string, after: string): readonly WordRun[] {
  const changes = diffWordsWithSpace(before, after);
  return changes.flatMap((change, at): readonly WordRun[] => {
    const { value: text } = change;
    if (change.added) return [{ kind: "added", text }];
    if (change.removed) return [{ kind: "removed", text }];
    if (text.length <= FOLD_ABOVE) return [{ kind: "same", text }];
    const head = at === 0 ? "" : text.slice(0, KEEP);
    const tail = at === changes.length - 1 ? "" : text.slice(-KEEP);
    const left = text.length - head.length - tail.length;
    const runs: readonly WordRun[] = [
      { kind: "same", text: head },
      { kind: "fold", text: `${left.toLocaleString("en")} characters unchanged` },
      { kind: "same", text: tail },
    ];
    return runs.filter((run) => run.text !== "");
  });
}
