import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

const Secrets = z.object({
  /** Of the embedded database's superuser and owner. */
  databasePassword: z.string(),
  /** Signs sessions. */
  nextauthSecret: z.string(),
  /** C2SP note key that signs checkpoints of the audit log. */
  logKey: z.string(),
});
export type Secrets = z.infer<typeof Secrets>;

function fresh(): Secrets {
  return {
    databasePassword: randomBytes(24).toString("hex"),
    nextauthSecret: randomBytes(32).toString("base64url"),
    logKey: generateNoteKey("plumbline").skey,
  };
}

/** The installation's own secrets, made once and readable by their owner only. The environment overrides them. */
export function readSecrets(folder: string): Secrets {
  const path = join(folder, "secrets.json");
  if (existsSync(path)) {
    const parsed = Secrets.safeParse(JSON.parse(readFileSync(path, "utf8")));
    if (parsed.success) return parsed.data;
    throw new Refusal(
      "blocked",
      `${path} is damaged: ${z.prettifyError(parsed.error)}. Restore it from a backup; without it the database cannot be opened.`,
    );
  }
  const secrets = fresh();
  writeFileSync(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return secrets;
}
