import pg from "pg";
import { env } from "#lib/platform/env.ts";
import type { Prisma } from "#lib/platform/prisma/client.ts";

/** Rows as the driver gives them: bigint as text, timestamptz as Date, jsonb parsed, bytea as Buffer. */
export type Snapshot = {
  /** All rows. `Row` states what the query selects. */
  readonly rows: <Row extends pg.QueryResultRow>(query: Prisma.Sql) => Promise<readonly Row[]>;
  /** The rows through a server-side cursor, at most `size` at a time, so that memory does not grow with their number. */
  readonly batches: <Row extends pg.QueryResultRow>(
    query: Prisma.Sql,
    size: number,
  ) => AsyncGenerator<readonly Row[], void, undefined>;
};

/**
 * Reads the database as it stands at one moment, on a connection of its own that can write nothing. The connection
 * ends with the work, whether it returns, throws or is abandoned.
 */
export async function* inSnapshot<T>(
  work: (snapshot: Snapshot) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const client = new pg.Client({
    connectionString: env().PLUMBLINE_DATABASE_URL,
    connectionTimeoutMillis: 5_000,
    application_name: "plumbline reading",
  });
  await client.connect();
  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    yield* work(snapshotOn(client));
  } finally {
    await client.end();
  }
}

function snapshotOn(client: pg.Client): Snapshot {
  let cursors = 0;
  return {
    rows: async <Row extends pg.QueryResultRow>(query: Prisma.Sql) =>
      (await client.query<Row>(query.text, query.values)).rows,
    async *batches<Row extends pg.QueryResultRow>(query: Prisma.Sql, size: number) {
      const name = `rows_${++cursors}`;
      await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query.text}`, query.values);
      for (;;) {
        const { rows } = await client.query<Row>(`FETCH ${size} FROM ${name}`);
        if (rows.length > 0) yield rows;
        if (rows.length < size) break;
      }
      await client.query(`CLOSE ${name}`);
    },
  };
}
