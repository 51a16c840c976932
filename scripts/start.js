// `npm start`, `npm run dev`: everything from a fresh clone to a served console. This part runs on Node 20 and newer.
import { ensureInstalled, handOver } from "./install.js";

handOver(await ensureInstalled(), "scripts/start.ts");
