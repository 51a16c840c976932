#!/usr/bin/env node
// The command line: a client of the HTTP API. Each noun brings its commands as a list.
import { auditCommands } from "./audit/commands.ts";
import type { CliCommand, Result } from "./command.ts";

const commands: readonly CliCommand[] = [...auditCommands];

function help(): string {
  const lines = commands.map((one) => [
    `  plumbline ${one.noun} ${one.verb} ${one.usage}`.trimEnd(),
    `      ${one.summary}`,
  ]);
  return [
    "Usage:",
    ...lines.flat(),
    "",
    "PLUMBLINE_URL names the server (http://localhost:3000), PLUMBLINE_TOKEN holds an API token.",
    "Exit codes: 0 done · 1 refused, or it does not fit · 2 not understood",
  ].join("\n");
}

async function run([noun, verb, ...args]: readonly string[]): Promise<Result> {
  if (noun === undefined || noun === "help" || noun === "--help") return { code: 0, output: help() };
  const found = commands.find((one) => one.noun === noun && one.verb === verb);
  if (!found) return { code: 2, error: `There is no command "${[noun, verb].join(" ").trim()}"\n\n${help()}` };
  const say = (text: string) => process.stderr.write(`${text}\n`);
  return found.run(args, { environment: process.env, say }).catch((error: unknown) => {
    // What parseArgs says of an option that it does not know.
    const isMisuse = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!isMisuse) throw error;
    return { code: 2 as const, error: `${error.message}\nUsage: plumbline ${noun} ${verb} ${found.usage}` };
  });
}

const { code, output, error } = await run(process.argv.slice(2));
if (output !== undefined) console.log(output);
if (error !== undefined) console.error(error);
process.exitCode = code;
