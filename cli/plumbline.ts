#!/usr/bin/env node
// The command line: a client of the HTTP API. Each noun brings its commands as a list.
import { agentCommands } from "./agent/commands.ts";
import { auditCommands } from "./audit/commands.ts";
import type { CliCommand, Result } from "./command.ts";

const commands: readonly CliCommand[] = [...agentCommands, ...auditCommands];

function nameOf({ noun, verb }: CliCommand): string {
  return verb === undefined ? noun : `${noun} ${verb}`;
}

function help(): string {
  const lines = commands.map((one) => [`  plumbline ${nameOf(one)} ${one.usage}`.trimEnd(), `      ${one.summary}`]);
  return [
    "Usage:",
    ...lines.flat(),
    "",
    "PLUMBLINE_URL names the server (http://localhost:3000), PLUMBLINE_TOKEN holds an API token.",
    "Exit codes: 0 done · 1 refused, or it does not fit · 2 not understood",
  ].join("\n");
}

async function run(words: readonly string[]): Promise<Result> {
  const [noun, verb] = words;
  if (noun === undefined || noun === "help" || noun === "--help") return { code: 0, output: help() };
  const found = commands.find((one) => one.noun === noun && (one.verb === undefined || one.verb === verb));
  if (!found) return { code: 2, error: `There is no command "${[noun, verb].join(" ").trim()}"\n\n${help()}` };
  const args = words.slice(found.verb === undefined ? 1 : 2);
  const usage = `Usage: plumbline ${nameOf(found)} ${found.usage}`.trimEnd();
  if (args[0] === "--help") return { code: 0, output: found.help?.trimEnd() ?? `${usage}\n${found.summary}` };
  const say = (text: string) => process.stderr.write(`${text}\n`);
  return found.run(args, { environment: process.env, say }).catch((error: unknown) => {
    // What parseArgs says of an option that it does not know.
    const isMisuse = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    if (!isMisuse) throw error;
    return { code: 2 as const, error: `${error.message}\n${usage}` };
  });
}

const { code, output, error } = await run(process.argv.slice(2));
if (output !== undefined) console.log(output);
if (error !== undefined) console.error(error);
process.exitCode = code;
