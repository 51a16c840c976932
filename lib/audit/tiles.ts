import type { TileReader } from "#lib/kernel/merkle-tiles.ts";
import type { Reader, Tx } from "#lib/platform/db.ts";

/** Reads the log's tiles as they are stored. */
export function storedTiles(db: Reader): TileReader {
  return async (level, tileNo) => {
    const tile = await db.auditTile.findUnique({
      where: { level_tileNo: { level, tileNo: BigInt(tileNo) } },
      select: { hashes: true },
    });
    return tile?.hashes;
  };
}

export type TreeHead = { readonly size: number; readonly root: Uint8Array };

/** The tree as the sequencer left it. */
export async function treeHead(db: Reader): Promise<TreeHead> {
  const { size, root } = await db.auditTree.findUniqueOrThrow({ where: { id: 1 }, select: { size: true, root: true } });
  return { size: Number(size), root };
}

/** One number for each kind of work on the log, so that rivals skip what another process is doing. */
const locks = { sequencer: 7_011_968_001, checkpointer: 7_011_968_002, checker: 7_011_968_003 } as const;

/** Whether this transaction may do that work now; it holds the right until it ends. */
export async function takeTurn(tx: Tx, work: keyof typeof locks): Promise<boolean> {
  const rows = await tx.$queryRaw<
    { taken: boolean }[]
  >`SELECT pg_try_advisory_xact_lock(${locks[work]}::bigint) AS taken`;
  return rows[0]?.taken === true;
}
