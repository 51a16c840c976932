import { afterAll, expect, test } from "vitest";
import { checkLog } from "#lib/audit/fsck.ts";
import { hasPending, sequenceAll, sequenceBatch } from "#lib/audit/sequencer.ts";
import { append, appendMany, wideDb } from "#lib/audit/testing/events.ts";
import { treeHead } from "#lib/audit/tiles.ts";
import { emptyRoot, leafHash, rootOf } from "#lib/kernel/merkle.ts";
import { createDb, database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";

const db = database();
const many = wideDb(40);
afterAll(() => many.$disconnect());

async function verdict() {
  let last: { checked: number; size: number; misfit: unknown } = { checked: -1, size: -1, misfit: null };
  for await (const progress of checkLog([])) last = progress;
  return last;
}

/** What the leaves say, without trusting any stored hash but those of the events. */
async function rootOfEvents(): Promise<{ readonly size: number; readonly root: Buffer }> {
  const rows = await db.$queryRaw<{ leaf_index: bigint; canonical: string }[]>`
    SELECT l.leaf_index, e.canonical FROM audit_leaf l JOIN audit_event e ON e.id = l.event_id ORDER BY l.leaf_index`;
  expect(rows.map((row) => Number(row.leaf_index))).toEqual(rows.map((_, i) => i));
  return { size: rows.length, root: rootOf(rows.map((row) => leafHash(row.canonical))) };
}

test("an empty log has the root of nothing, and nothing to sequence", async () => {
  expect(await sequenceBatch(db)).toBe(0);
  expect(await hasPending(db)).toBe(false);
  const head = await treeHead(db);
  expect({ size: head.size, root: Buffer.from(head.root) }).toEqual({ size: 0, root: emptyRoot() });
});

test("events become leaves in the order of their ids, in batches, across tiles", async () => {
  await appendMany(db, 300);
  expect(await sequenceBatch(db, 7)).toBe(7);
  expect(await sequenceBatch(db, 250)).toBe(250);
  expect(await sequenceAll(db)).toBe(43);
  expect(await hasPending(db)).toBe(false);
  const head = await treeHead(db);
  expect({ size: head.size, root: Buffer.from(head.root) }).toEqual(await rootOfEvents());
  expect(await verdict()).toEqual({ checked: 300, size: 300, misfit: null });
});

test("32 writers while three sequencers run: no gap, nothing twice, nothing lost", async () => {
  const before = (await treeHead(db)).size;
  let isWriting = true;
  const sequencers = [1, 2, 3].map(async () => {
    while (isWriting) await sequenceBatch(many, 50);
  });
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let i = 0; i < 20; i++) await append(many);
    }),
  );
  isWriting = false;
  await Promise.all(sequencers);
  await sequenceAll(db);
  const head = await treeHead(db);
  expect(head.size).toBe(before + 640);
  expect({ size: head.size, root: Buffer.from(head.root) }).toEqual(await rootOfEvents());
  expect((await verdict()).misfit).toBeNull();
});

test("an event that commits late is taken late, and not lost", async () => {
  const { appUrl } = testDatabase();
  const before = (await treeHead(db)).size;
  await withSql(appUrl, async (late) => {
    await late.query("BEGIN");
    await late.query(
      `INSERT INTO audit_event (occurred_at, actor_kind, actor_id, actor_name, channel, address, request_id,
        command, action, subject_type, subject_id, summary, detail, canonical, leaf_hash)
       SELECT occurred_at, actor_kind, actor_id, actor_name, channel, address, request_id,
        command, action, subject_type, subject_id, summary, detail, canonical, leaf_hash FROM audit_event LIMIT 1`,
    );
    await append(db);
    expect(await sequenceAll(db)).toBe(1);
    await late.query("COMMIT");
  });
  expect(await sequenceAll(db)).toBe(1);
  expect((await treeHead(db)).size).toBe(before + 2);
});

test("a rival skips while another process holds the sequencer's turn", async () => {
  await append(db);
  await withSql(testDatabase().appUrl, async (other) => {
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock(7011968001)");
    expect(await sequenceBatch(db)).toBe(0);
    await other.query("ROLLBACK");
  });
  expect(await sequenceBatch(db)).toBe(1);
});

test("killed in the middle of a batch, it leaves everything as it was", async () => {
  const { appUrl, adminUrl } = testDatabase();
  await appendMany(db, 20);
  const before = await treeHead(db);
  // Each statement of the sequencer is a line at which it may die: hold up the n-th, then end its connection.
  for (const table of ["audit_leaf", "audit_tile", "audit_tree", "audit_pending"]) {
    const victim = createDb(`${appUrl}?application_name=victim`, 1);
    await withSql(adminUrl, async (admin) => {
      await admin.query("BEGIN");
      await admin.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
      const sequencing = sequenceBatch(victim).then(
        () => "committed",
        () => "died",
      );
      for (let stuck = 0; stuck === 0; ) {
        await admin.query("SELECT pg_stat_clear_snapshot()");
        const { rows } = await admin.query<{ pid: number }>(
          "SELECT pid FROM pg_stat_activity WHERE application_name = 'victim' AND wait_event_type = 'Lock'",
        );
        stuck = rows[0]?.pid ?? 0;
        if (stuck) await admin.query("SELECT pg_terminate_backend($1)", [stuck]);
      }
      expect(await sequencing).toBe("died");
      await admin.query("ROLLBACK");
    });
    await victim.$disconnect();
    expect((await treeHead(db)).size).toBe(before.size);
    expect(await hasPending(db)).toBe(true);
  }
  expect(await sequenceAll(db)).toBe(20);
  expect((await verdict()).misfit).toBeNull();
});
