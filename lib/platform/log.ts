import { pino } from "pino";

/** What this process says for operators: one JSON line each, to standard error. Never a secret, never a document. */
export const log = pino({ name: "plumbline", level: process.env.LOG_LEVEL ?? "info" }, pino.destination({ dest: 2 }));
