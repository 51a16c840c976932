// `npm test`: everything, from a fresh clone. `npm test -- unit database` runs those stages alone. This part runs on Node 20.
import { ensureInstalled, handOver } from "./install.js";

handOver(await ensureInstalled(), "scripts/test.ts");
