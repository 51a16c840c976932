/** 0: done · 1: refused, or it does not fit · 2: the command was not understood */
export type Result = { readonly code: 0 | 1 | 2; readonly output?: string; readonly error?: string };

/** What the terminal gives a command. */
export type Terminal = {
  readonly environment: NodeJS.ProcessEnv;
  /** Progress, which is not part of the output. */
  readonly say: (text: string) => void;
};

/** A command of the command line: `plumbline <noun> <verb> …`. */
export type CliCommand = {
  readonly noun: string;
  readonly verb: string;
  /** Arguments as a person writes them, for the help. */
  readonly usage: string;
  readonly summary: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<Result>;
};
