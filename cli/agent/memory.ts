import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../../sdk/atomic-write.ts";

/** What the agent wrote last, over its own restarts: so that an edit is told from something that it wrote itself. */
export type Memory = {
  readonly written: () => Promise<string | null>;
  readonly remember: (digest: string) => Promise<void>;
  /** Where the SDK keeps its last good copy. */
  readonly cacheFile: string | undefined;
};

export function memoryIn(folder: string | undefined): Memory {
  let known: string | null = null;
  if (folder === undefined) {
    return {
      written: () => Promise.resolve(known),
      remember: (digest) => {
        known = digest;
        return Promise.resolve();
      },
      cacheFile: undefined,
    };
  }
  const path = join(folder, "written");
  return {
    cacheFile: join(folder, "last-good.json"),
    written: async () => {
      if (known !== null) return known;
      const text = await readFile(path, "utf8").catch(() => "");
      known = /^sha256:[0-9a-f]{64}$/.test(text.trim()) ? text.trim() : null;
      return known;
    },
    remember: async (digest) => {
      if (digest === known) return;
      known = digest;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomically(path, `${digest}\n`, 0o600);
    },
  };
}
