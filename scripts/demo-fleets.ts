// Runs the fleets of the demo organisation against the console of PLUMBLINE_URL, with the credentials in the file of PLUMBLINE_DEMO_FLEETS.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { FLEETS } from "../prisma/seed/fleets/fleets.ts";
import { runFleets } from "../prisma/seed/fleets/report.ts";

const Settings = z.object({ PLUMBLINE_URL: z.url(), PLUMBLINE_DEMO_FLEETS: z.string() });
const Tokens = z.array(z.object({ system: z.string(), environment: z.string(), secret: z.string() }));

const { PLUMBLINE_URL: url, PLUMBLINE_DEMO_FLEETS: file } = Settings.parse(process.env);
const tokens = Tokens.parse(JSON.parse(readFileSync(file, "utf8")));
const ending = new AbortController();
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => ending.abort());
// Whoever started us is gone without a word.
process.on("disconnect", () => ending.abort());
await runFleets(FLEETS, tokens, { url, intervalSeconds: 30, signal: ending.signal });
