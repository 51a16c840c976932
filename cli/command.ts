/** 0: done · 1: refused, or it does not fit · 2: the command was not understood · others: of a program that was run */
export type Result = { readonly code: number; readonly output?: string; readonly error?: string };

/** What the terminal gives a command. */
export type Terminal = {
  readonly environment: NodeJS.ProcessEnv;
  /** Progress, which is not part of the output. */
  readonly say: (text: string) => void;
};

/** A command of the command line: `plumbline <noun> <verb> …`; a noun that does one thing has no verb. */
export type CliCommand = {
  readonly noun: string;
  readonly verb?: string;
  /** Arguments as a person writes them, for the help. */
  readonly usage: string;
  readonly summary: string;
  /** What `--help` says, where that is more than the usage. */
  readonly help?: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<Result>;
};
