import { setTimeout as pause } from "node:timers/promises";
import { type Api, ask } from "../api.ts";
import type { Result } from "../command.ts";

type Check = {
  readonly state: "requested" | "running" | "sound" | "broken";
  readonly checked: number;
  readonly size: number;
  readonly misfit: { readonly index: number | null; readonly eventId: string | null; readonly problem: string } | null;
};

/** Has the server check its whole log, and waits for what it finds. `say` tells how far it is. */
export async function checkOnServer(api: Api, say: (text: string) => void): Promise<Result> {
  const started = await ask(api, "/audit/checks", "POST");
  if ("failure" in started) return { code: 1, error: started.failure };
  for (;;) {
    await pause(500);
    const answer = await ask(api, "/audit/log");
    if ("failure" in answer) return { code: 1, error: answer.failure };
    const { check } = (await answer.json()) as { readonly check: Check | null };
    if (check === null) continue;
    switch (check.state) {
      case "requested":
        say("Waiting for a worker");
        break;
      case "running":
        say(`Checked ${check.checked} of ${check.size} events`);
        break;
      case "sound":
        return { code: 0, output: `All ${check.checked} events fit` };
      case "broken": {
        const place = check.misfit?.index ?? null;
        const where = place === null ? "" : `Index ${place}: `;
        return { code: 1, error: `${where}${check.misfit?.problem ?? "The log does not fit"}` };
      }
    }
  }
}
