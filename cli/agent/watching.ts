import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** An editor writes in several steps; what is read between them means nothing. */
const SETTLE_MS = 100;

/**
 * Says that one of these files may have changed. Watches their folders, because a file that is replaced is another file.
 * Where watching does not work, reading again now and then has to do.
 */
export function watchFiles(paths: readonly string[], changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const names = Map.groupBy(paths, dirname);
  const watchers = [...names].flatMap(([folder, files]) => {
    const watcher = watcherOf(folder, new Set(files.map((path) => basename(path))));
    return watcher ? [watcher] : [];
  });

  function watcherOf(folder: string, files: ReadonlySet<string>): FSWatcher | undefined {
    try {
      const watcher = watch(folder, (_, name) => {
        if (name !== null && !files.has(name)) return;
        clearTimeout(timer);
        timer = setTimeout(changed, SETTLE_MS);
      });
      watcher.on("error", () => watcher.close());
      return watcher;
    } catch {
      return undefined;
    }
  }

  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
