import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { Refusal } from "#lib/kernel/refusal.ts";

/**
 * The folder for what this installation makes: secrets, embedded data, stamps. As root others may pass through it,
 * because PostgreSQL, which runs as someone else, keeps its data below. Refuses a folder that another user made.
 */
export function prepareHome(path: string): void {
  const isRoot = process.getuid?.() === 0;
  const mode = isRoot ? 0o711 : 0o700;
  if (!existsSync(path)) {
    mkdirSync(path, { mode });
    return;
  }
  const { uid } = statSync(path);
  if (!isRoot && process.getuid && uid !== process.getuid()) {
    throw new Refusal(
      "blocked",
      `${path} belongs to another user (id ${uid}), who ran npm start here before. Run it as that user, or hand the checkout over: sudo chown -R "$USER" .`,
    );
  }
  if (isRoot) chmodSync(path, uid === 0 ? mode : 0o711);
}
