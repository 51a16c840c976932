// A process that relays and does nothing else, for tests that end it at the wrong moment.
import { relaying } from "#lib/alerts/jobs.ts";
import { startLoop } from "#lib/platform/loop.ts";

startLoop(relaying);
