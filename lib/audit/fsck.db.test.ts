import { expect, test } from "vitest";
import { lastCheckpoint, publicKeys, signCheckpoint } from "#lib/audit/checkpoints.ts";
import { checkLog } from "#lib/audit/fsck.ts";
import type { Misfit } from "#lib/audit/model.ts";
import { consistencyOf, portableProofOf } from "#lib/audit/proofs.ts";
import { sequenceAll } from "#lib/audit/sequencer.ts";
import { append, appendMany } from "#lib/audit/testing/events.ts";
import { verifyConsistency } from "#lib/kernel/merkle.ts";
import { generateNoteKey } from "#lib/kernel/note.ts";
import { parsePortableProof, verifyPortableProof } from "#lib/kernel/tlog-proof.ts";
import { database } from "#lib/platform/db.ts";
import { testDatabase, withSql } from "#lib/platform/testing/database.ts";

const db = database();
const key = generateNoteKey("plumbline/test");
const start = Date.parse("2026-03-02T00:00:00Z");

async function misfitOf(vkeys: readonly string[] = [key.vkey]): Promise<Misfit | null> {
  let misfit: Misfit | null = null;
  for await (const progress of checkLog(vkeys)) misfit = progress.misfit;
  return misfit;
}

test("checkpoints are signed when the log grew, at most every ten seconds", async () => {
  expect(await signCheckpoint(db, key.skey, new Date(start))).toBeNull();
  await appendMany(db, 300);
  await sequenceAll(db);
  expect((await signCheckpoint(db, key.skey, new Date(start)))?.size).toBe(300);
  expect(await signCheckpoint(db, key.skey, new Date(start + 20_000))).toBeNull();
  await appendMany(db, 300);
  await sequenceAll(db);
  expect(await signCheckpoint(db, key.skey, new Date(start + 9_999))).toBeNull();
  expect((await signCheckpoint(db, key.skey, new Date(start + 10_000)))?.size).toBe(600);
  expect(await publicKeys(db)).toEqual([key.vkey]);
  expect(await misfitOf()).toBeNull();
});

test("the newer checkpoint is shown to contain the older", async () => {
  const [older, newer] = await db.auditCheckpoint.findMany({ orderBy: { size: "asc" } });
  const proof = await consistencyOf(db, 300, 600);
  const facts = { size1: 300, root1: older?.root ?? Buffer.of(), size2: 600, root2: newer?.root ?? Buffer.of(), proof };
  expect(verifyConsistency(facts)).toBe(true);
  expect(verifyConsistency({ ...facts, proof: proof.slice(1) })).toBe(false);
});

test("an event's portable proof needs nothing but the public key", async () => {
  const { eventId } = await db.auditLeaf.findUniqueOrThrow({ where: { leafIndex: 257n } });
  const text = await portableProofOf(db, eventId);
  const proof = parsePortableProof(text);
  expect(proof.index).toBe(257);
  expect(verifyPortableProof(proof, [key.vkey])).toMatchObject({ origin: "plumbline/test", size: 300 });
  const forged = { ...proof, entry: Buffer.concat([proof.entry, Buffer.from(" ")]) };
  expect(() => verifyPortableProof(forged, [key.vkey])).toThrow("Event 257 is not what the checkpoint");
  expect(() => verifyPortableProof(proof, [generateNoteKey("plumbline/test").vkey])).toThrow("known key");
});

test("an event that no checkpoint covers has no portable proof yet", async () => {
  await append(db);
  const { id } = await db.auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });
  await expect(portableProofOf(db, id)).rejects.toMatchObject({ code: "conflict" });
});

/** Runs the statements as a superuser with every trigger off, checks the log, and takes everything back. */
async function afterTampering(statements: readonly string[]): Promise<Misfit | null> {
  await sequenceAll(db);
  const { adminUrl } = testDatabase();
  const tables = ["audit_event", "audit_leaf", "audit_pending", "audit_tile", "audit_tree", "audit_checkpoint"];
  return withSql(adminUrl, async (sql) => {
    for (const table of tables) await sql.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
    for (const table of tables) await sql.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    try {
      for (const statement of statements) await sql.query(statement);
      return await misfitOf();
    } finally {
      for (const table of tables) {
        await sql.query(`DELETE FROM ${table}`);
        await sql.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
        await sql.query(`DROP TABLE kept_${table}`);
        await sql.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
      }
    }
  });
}

const at = (index: number) => `(SELECT event_id FROM audit_leaf WHERE leaf_index = ${index})`;
const rehash = "leaf_hash = sha256('\\x00'::bytea || convert_to(canonical, 'UTF8'))";
const withLeaf = "UPDATE audit_leaf l SET leaf_hash = e.leaf_hash FROM audit_event e WHERE e.id = l.event_id";
const lie = `UPDATE audit_event SET summary = 'nothing', canonical = replace(canonical, summary, 'nothing') WHERE id = ${at(41)}`;

test.each<readonly [string, readonly string[], number | null, string]>([
  [
    "a column edited",
    [`UPDATE audit_event SET summary = 'nothing' WHERE id = ${at(41)}`],
    41,
    "columns say something else",
  ],
  [
    "a time moved",
    [`UPDATE audit_event SET occurred_at = occurred_at + interval '1 ms' WHERE id = ${at(41)}`],
    41,
    "columns",
  ],
  [
    "a detail edited",
    [`UPDATE audit_event SET detail = '{}' WHERE id = ${at(300)}`],
    300,
    "columns say something else",
  ],
  ["columns and canonical form edited", [lie], 41, "Its hash is not"],
  ["the event's hash made to fit", [lie, `UPDATE audit_event SET ${rehash}`], 41, "the hash of something else"],
  ["the leaf's hash made to fit", [lie, `UPDATE audit_event SET ${rehash}`, withLeaf], 41, "Tile 0/0"],
  ["an event deleted", [`DELETE FROM audit_event WHERE id = ${at(7)}`], 7, "it was deleted"],
  [
    "an event and its leaf deleted",
    [`DELETE FROM audit_event WHERE id = ${at(7)}`, "DELETE FROM audit_leaf WHERE leaf_index = 7"],
    7,
    "No event has the index 7",
  ],
  [
    "an event cut out and the gap closed",
    [
      `DELETE FROM audit_event WHERE id = ${at(7)}`,
      "DELETE FROM audit_leaf WHERE leaf_index = 7",
      "UPDATE audit_leaf SET leaf_index = -leaf_index WHERE leaf_index > 7",
      "UPDATE audit_leaf SET leaf_index = -leaf_index - 1 WHERE leaf_index < 0",
    ],
    7,
    "Tile 0/0",
  ],
  [
    "two events swapped",
    [
      "UPDATE audit_leaf SET leaf_index = -1 WHERE leaf_index = 10",
      "UPDATE audit_leaf SET leaf_index = 10 WHERE leaf_index = 20",
      "UPDATE audit_leaf SET leaf_index = 20 WHERE leaf_index = -1",
    ],
    10,
    "Tile 0/0",
  ],
  [
    "an event slipped in",
    [
      `CREATE TEMPORARY TABLE copy AS SELECT * FROM audit_event WHERE id = ${at(3)}`,
      "UPDATE copy SET id = 900000000",
      "INSERT INTO audit_event SELECT * FROM copy",
    ],
    null,
    "slipped in",
  ],
  [
    "an event slipped in at the end of the tree",
    [
      `CREATE TEMPORARY TABLE copy AS SELECT * FROM audit_event WHERE id = ${at(3)}`,
      "UPDATE copy SET id = 900000000",
      "INSERT INTO audit_event SELECT * FROM copy",
      "INSERT INTO audit_leaf SELECT (SELECT size FROM audit_tree), id, leaf_hash FROM copy",
    ],
    601,
    "Tile 0/2",
  ],
  ["the root overwritten", ["UPDATE audit_tree SET root = sha256('x')"], null, "stored root"],
  [
    "an upper tile overwritten",
    ["UPDATE audit_tile SET hashes = set_byte(hashes, 3, 0) WHERE level = 1"],
    null,
    "Tile 1/0",
  ],
  [
    "a tile overwritten",
    ["UPDATE audit_tile SET hashes = overlay(hashes placing sha256('x') from 33) WHERE level = 0 AND tile_no = 1"],
    257,
    "Tile 0/1",
  ],
  [
    "a checkpoint with another root",
    ["UPDATE audit_checkpoint SET root = sha256('x') WHERE size = 300"],
    299,
    "filed under another",
  ],
  [
    "a checkpoint with another text",
    ["UPDATE audit_checkpoint SET note = replace(note, E'\\n300\\n', E'\\n301\\n') WHERE size = 300"],
    299,
    "not genuine",
  ],
])("%s is found", async (_, statements, index, problem) => {
  const misfit = await afterTampering(statements);
  expect(misfit).toMatchObject({ index });
  expect(misfit?.problem).toContain(problem);
  expect(await misfitOf()).toBeNull();
});

test("the end cut off, with the tree made to fit, is betrayed by the checkpoint", async () => {
  const misfit = await afterTampering([
    "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_leaf WHERE leaf_index >= 256)",
    "DELETE FROM audit_leaf WHERE leaf_index >= 256",
    "DELETE FROM audit_tile WHERE level = 0 AND tile_no > 0",
    "UPDATE audit_tile SET hashes = substr(hashes, 1, 32), width = 1 WHERE level = 1",
    "UPDATE audit_tree SET size = 256, root = (SELECT hashes FROM audit_tile WHERE level = 1)",
  ]);
  expect(misfit).toMatchObject({ index: 256 });
  expect(misfit?.problem).toContain("the end was cut off");
});

test("history rewritten down to the tiles is betrayed by the checkpoint, and never signed again", async () => {
  const { adminUrl } = testDatabase();
  await withSql(adminUrl, async (sql) => {
    for (const table of ["audit_event", "audit_leaf", "audit_tile", "audit_tree"]) {
      await sql.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    }
    await sql.query(lie);
    await sql.query(`UPDATE audit_event SET ${rehash} WHERE id = ${at(41)}`);
    await sql.query("DELETE FROM audit_tile");
    await sql.query("UPDATE audit_tree SET size = 0, root = sha256('')");
    await sql.query("ALTER TABLE audit_pending DISABLE TRIGGER ALL");
    await sql.query("INSERT INTO audit_pending SELECT event_id, '1' FROM audit_leaf");
    await sql.query("DELETE FROM audit_leaf");
  });
  await sequenceAll(db);
  const misfit = await misfitOf();
  expect(misfit).toMatchObject({ index: 299 });
  expect(misfit?.problem).toContain("not those that were signed");
  await expect(signCheckpoint(db, key.skey, new Date(start + 60_000))).rejects.toThrow("nothing was signed");
  expect((await lastCheckpoint(db))?.size).toBe(600);
});
