import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file as a whole: whoever reads it sees the old content or the new, also after a crash or a power cut.
 * A symbolic link stays, and what it points to is replaced. Throws as the file system does; then nothing has changed.
 */
export async function writeAtomically(path: string, content: string, mode: number): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, "wx", mode);
    try {
      // The process's umask may have taken bits away that were asked for.
      await file.chmod(mode);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** Makes the rename itself durable. Not every system opens folders; there the file system has to see to it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  try {
    await handle?.sync();
  } catch {
    // The content is in place; only its survival of a power cut is left to the file system.
  } finally {
    await handle?.close();
  }
}
