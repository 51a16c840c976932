import { parseArgs } from "node:util";
import { type Api, apiFromEnvironment } from "../api.ts";
import type { CliCommand, Result, Terminal } from "../command.ts";
import { checkOnServer } from "./check.ts";
import { exportLog, exportProof } from "./export.ts";
import { verifyExport } from "./verify.ts";

function withApi({ environment }: Terminal, work: (api: Api) => Promise<Result>): Promise<Result> {
  const api = apiFromEnvironment(environment);
  return "failure" in api ? Promise.resolve({ code: 2, error: api.failure }) : work(api);
}

function misused(command: { readonly noun: string; readonly verb: string; readonly usage: string }): Result {
  return { code: 2, error: `Usage: plumbline ${command.noun} ${command.verb} ${command.usage}` };
}

const verifying = {
  noun: "audit",
  verb: "verify",
  usage: "<export> --key <public key> … [--since <older checkpoint>]",
} as const;
const exporting = { noun: "audit", verb: "export", usage: "--out <folder> [--from <index>]" } as const;
const proving = { noun: "audit", verb: "proof", usage: "<event> [--out <file>]" } as const;

export const auditCommands: readonly CliCommand[] = [
  {
    ...verifying,
    summary: "Check an export or a proof offline, with nothing but public keys that you trust",
    run: async (args) => {
      const { positionals, values } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { key: { type: "string", multiple: true }, since: { type: "string" } },
      });
      const [path, ...more] = positionals;
      if (path === undefined || more.length > 0 || values.key === undefined) return misused(verifying);
      const { code, message } = await verifyExport({ path, vkeys: values.key, since: values.since });
      return code === 0 ? { code, output: message } : { code, error: message };
    },
  },
  {
    ...exporting,
    summary: "Download the log for offline verification",
    run: async (args, terminal) => {
      const { values } = parseArgs({
        args: [...args],
        options: { out: { type: "string" }, from: { type: "string", default: "0" } },
      });
      const { out, from } = values;
      if (out === undefined || !/^\d{1,15}$/.test(from)) return misused(exporting);
      return withApi(terminal, (api) => exportLog(api, out, Number(from)));
    },
  },
  {
    ...proving,
    summary: "Download the proof that one event is in the log",
    run: async (args, terminal) => {
      const { positionals, values } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { out: { type: "string" } },
      });
      const [id, ...more] = positionals;
      if (id === undefined || more.length > 0) return misused(proving);
      return withApi(terminal, (api) => exportProof(api, id, values.out ?? `event-${id}.tlog-proof`));
    },
  },
  {
    noun: "audit",
    verb: "check",
    usage: "",
    summary: "Have the server check its whole log",
    run: (_, terminal) => withApi(terminal, (api) => checkOnServer(api, terminal.say)),
  },
];
