import { z } from "zod";
import { publicKeys } from "#lib/audit/checkpoints.ts";
import { checkLog } from "#lib/audit/fsck.ts";
import type { LogCheck } from "#lib/audit/model.ts";
import { treeHead } from "#lib/audit/tiles.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import type { Db, Reader } from "#lib/platform/db.ts";

const settingKey = "audit.check";
/** A running check says so twice a second; one that is silent for this long died with its process. */
const silence = 60_000;
const reportInterval = 500;

const Check = z.object({
  state: z.enum(["requested", "running", "sound", "broken"]),
  checked: z.number(),
  size: z.number(),
  requestedBy: z.string(),
  startedAt: z.string(),
  updatedAt: z.string(),
  misfit: z.object({ index: z.number().nullable(), eventId: z.string().nullable(), problem: z.string() }).nullable(),
});

/** The newest check of the whole log, under way or done; null when there was none. */
export async function latestCheck(db: Reader): Promise<LogCheck | null> {
  const setting = await db.setting.findUnique({ where: { key: settingKey } });
  return setting && Check.parse(setting.value);
}

function isUnderWay(check: LogCheck | null, now: Date): boolean {
  return check?.state === "running" && now.getTime() - Date.parse(check.updatedAt) < silence;
}

/** Asks a worker for a check of the whole log. @throws Refusal `conflict` while one is under way */
export async function requestCheck(db: Reader, requestedBy: string, now: Date): Promise<LogCheck> {
  const [last, { size }] = await Promise.all([latestCheck(db), treeHead(db)]);
  if (isUnderWay(last, now)) throw new Refusal("conflict", "A check is under way; wait until it is done");
  const at = now.toISOString();
  const check: LogCheck = {
    state: "requested",
    checked: 0,
    size,
    requestedBy,
    startedAt: at,
    updatedAt: at,
    misfit: null,
  };
  await save(db, check);
  return check;
}

async function save(db: Reader, check: LogCheck): Promise<void> {
  const value = { ...check, misfit: check.misfit && { ...check.misfit } };
  await db.setting.upsert({ where: { key: settingKey }, create: { key: settingKey, value }, update: { value } });
}

/** Takes the request, or the check whose process died, unless a rival took it. */
async function take(db: Db, now: Date): Promise<LogCheck | null> {
  const at = now.toISOString();
  const silentSince = new Date(now.getTime() - silence).toISOString();
  const taken = await db.$executeRaw`
    UPDATE setting SET value = value || jsonb_build_object('state', 'running', 'updatedAt', ${at}::text)
    WHERE key = ${settingKey}
      AND (value->>'state' = 'requested' OR (value->>'state' = 'running' AND value->>'updatedAt' < ${silentSince}))`;
  return taken === 0 ? null : latestCheck(db);
}

/**
 * Carries out the check that someone asked for, reporting as it goes; answers the finished check, or null when there
 * was nothing to do. `clock` gives the time of each report.
 */
export async function runRequestedCheck(db: Db, clock: () => Date = () => new Date()): Promise<LogCheck | null> {
  const taken = await take(db, clock());
  if (!taken) return null;
  let current = taken;
  let reportedAt = 0;
  for await (const progress of checkLog(await publicKeys(db))) {
    const now = clock();
    current = { ...current, ...progress, updatedAt: now.toISOString() };
    if (now.getTime() - reportedAt < reportInterval) continue;
    reportedAt = now.getTime();
    await save(db, current);
  }
  const done: LogCheck = {
    ...current,
    state: current.misfit ? "broken" : "sound",
    updatedAt: clock().toISOString(),
  };
  await save(db, done);
  return done;
}
