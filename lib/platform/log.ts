import { type DestinationStream, type Logger, pino } from "pino";

/** What PostgreSQL says of a row that it refused: its values, and values may be documents or secrets. */
const ROW_VALUES = ["detail", "query", "parameters"] as const;
const ERRORS = ["err", "err.meta.driverAdapterError.cause"] as const;

/** A log that keeps of an error what went wrong and where, and nothing of what was being written. */
export function logTo(destination: DestinationStream, level: string): Logger {
  const paths = ERRORS.flatMap((error) => ROW_VALUES.map((field) => `${error}.${field}`));
  return pino({ name: "plumbline", level, redact: { paths, remove: true } }, destination);
}

/** What this process says for operators: one JSON line each, to standard error. Never a secret, never a document. */
export const log = logTo(pino.destination({ dest: 2 }), process.env.LOG_LEVEL ?? "info");
