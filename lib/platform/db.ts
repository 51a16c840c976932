import { PrismaPg } from "@prisma/adapter-pg";
import { Refusal } from "#lib/kernel/refusal.ts";
import { env } from "#lib/platform/env.ts";
import { Prisma, PrismaClient } from "#lib/platform/prisma/client.ts";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
/** Either: for reads that serve commands and queries alike. */
export type Reader = Db | Tx;

declare global {
  /** One client for the process, however many module graphs (server, framework bundle) load this file. */
  var plumblineDb: PrismaClient | undefined;
}

/** Statements that begin so run all the time: each connection plans them once, under this name. */
const PREPARED = /^\/\* prepared (\w+) \*\//;

/** A client of its own for the given connection string; the caller disconnects it. `size`: most connections. */
export function createDb(connectionString: string, size = 10): Db {
  const adapter = new PrismaPg(
    { connectionString, max: size, connectionTimeoutMillis: 5_000 },
    { statementNameGenerator: ({ sql }) => PREPARED.exec(sql)?.[1] ?? "" },
  );
  return new PrismaClient({ adapter });
}

/** The database of this process, connected as the application's role. */
export function database(): Db {
  globalThis.plumblineDb ??= createDb(env().PLUMBLINE_DATABASE_URL);
  return globalThis.plumblineDb;
}

/** Name of the violated unique constraint or index, or null when the error is another one. */
export function uniqueViolation(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return null;
  const meta = error.meta as
    | { driverAdapterError?: { cause?: { constraint?: { index?: string; fields?: string[] } } } }
    | undefined;
  const constraint = meta?.driverAdapterError?.cause?.constraint;
  return constraint?.index ?? constraint?.fields?.join(",") ?? "unknown";
}

/** Serialisation failure and deadlock: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const conflicts: readonly unknown[] = ["40001", "40P01"];

/** Whether the statement failed because of a value that it was given: data exceptions and violated constraints. */
export function isDataFault(error: unknown): boolean {
  return /^2[23]/.test(originalCodeOf(error) ?? "");
}

/** The database's own code, which a statement written in SQL keeps. */
function originalCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const meta = error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined;
  return meta?.driverAdapterError?.cause?.originalCode;
}

/** Whether the transaction lost against another one and may be tried again as it is. */
export function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2034" || conflicts.includes(originalCodeOf(error));
}

/** Runs a write; a violation of the named unique constraint becomes a Refusal `conflict` with the message. */
export async function refusingTaken<T>(constraint: string, message: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (uniqueViolation(error) === constraint) throw new Refusal("conflict", message);
    throw error;
  }
}
