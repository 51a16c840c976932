import type { CliCommand } from "../command.ts";
import { AGENT_HELP } from "./help.ts";
import { readOptions } from "./options.ts";
import { runAgent } from "./run.ts";

export const agentCommands: readonly CliCommand[] = [
  {
    noun: "agent",
    usage: "[options] [-- program arguments …]",
    summary: "Run beside a program: write its configuration, watch what is really there, report it (see --help)",
    help: AGENT_HELP,
    run: async (args, terminal) => {
      const wish = readOptions(args, terminal.environment);
      if ("misuse" in wish) return { code: 2, error: `${wish.misuse}\nplumbline agent --help says more` };
      const stop = new AbortController();
      let pass: (signal: NodeJS.Signals) => void = () => undefined;
      const ending = (signal: NodeJS.Signals) => {
        // A terminal gives it to the agent alone: the program is in a group of its own.
        pass(signal);
        stop.abort();
      };
      const onHup = () => pass("SIGHUP");
      process.on("SIGTERM", ending).on("SIGINT", ending).on("SIGHUP", onHup);
      try {
        return await runAgent(wish, {
          stop: stop.signal,
          onSignal: (passOn) => {
            pass = passOn;
          },
          say: (text) => terminal.say(`plumbline agent: ${text}`),
        });
      } finally {
        process.off("SIGTERM", ending).off("SIGINT", ending).off("SIGHUP", onHup);
      }
    },
  },
];
