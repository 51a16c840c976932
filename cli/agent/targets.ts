import { readFile, stat } from "node:fs/promises";
import { diffJson } from "#lib/kernel/diff.ts";
import { digestOf } from "#lib/kernel/digest.ts";
import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { removeAt, setAt } from "#lib/kernel/pointer.ts";
import { writeAtomically } from "../../sdk/atomic-write.ts";
import type { There } from "./decide.ts";
import { writeVariables } from "./env-file.ts";
import type { AgentWish } from "./options.ts";
import { readDocument, writeDocument } from "./text.ts";
import { obstacleTo, overriddenBy, readVariables, textOf, variablesOf } from "./variables.ts";

/** What a place of the configuration says now. */
export type Seen =
  | { readonly document: JsonObject; readonly origins: Readonly<Record<string, string>> }
  | { readonly unreadable: string; readonly isMissing: boolean };

/** A file that carries the configuration. */
export type Target = {
  readonly path: string;
  /** `declared` says which parameters to look for, where the file cannot tell. */
  readonly read: (declared: JsonObject) => Promise<Seen>;
  /** Throws as the file system does. */
  readonly write: (declared: JsonObject) => Promise<void>;
  /** Why it cannot carry this document; undefined: it can. */
  readonly obstacle: (declared: JsonObject) => string | undefined;
};

const NOTE = "Written by plumbline agent. What is changed here by hand is reported as drift.";

export function targetsOf({ out, envOut, envPrefix = "", mode }: AgentWish): readonly Target[] {
  const targets: Target[] = [];
  if (out) {
    targets.push({
      path: out.path,
      obstacle: () => undefined,
      read: async () => {
        const text = await textIn(out.path);
        if (typeof text !== "string") return text;
        const read = readDocument(text, out.format);
        if ("unreadable" in read) return { unreadable: `${out.path}: ${read.unreadable}`, isMissing: false };
        return { document: read.document, origins: { "": `file ${out.path}` } };
      },
      write: async (declared) => {
        const note = out.format === "yaml" ? `# ${NOTE}\n` : "";
        await replace(out.path, note + writeDocument(declared, out.format), mode);
      },
    });
  }
  if (envOut !== undefined) {
    targets.push({
      path: envOut,
      obstacle: (declared) => obstacleTo(variablesOf(declared, envPrefix)),
      read: async (declared) => {
        const text = await textIn(envOut);
        if (typeof text !== "string") return text;
        const read = readVariables(text, declared, { prefix: envPrefix, where: ` in ${envOut}` });
        if ("unreadable" in read) return { unreadable: `${envOut}: ${read.unreadable}`, isMissing: false };
        return { document: read.document, origins: { "": `file ${envOut}`, ...read.origins } };
      },
      write: async (declared) => {
        const all = variablesOf(declared, envPrefix).map(({ name, value }) => [name, textOf(value)]);
        await replace(envOut, writeVariables(Object.fromEntries(all), NOTE), mode);
      },
    });
  }
  return targets;
}

/** What the rules of writing need to know of what was read. */
export function thereOf(seen: Seen): There {
  if ("document" in seen) {
    const digest = digestIfAny(seen.document);
    return digest === null ? { kind: "unreadable" } : { kind: "document", digest };
  }
  return { kind: seen.isMissing ? "missing" : "unreadable" };
}

/**
 * What runs, from all that a program is given: whatever deviates from what is declared, in a file or in the environment,
 * shows. `seen`: one for each target; none: the program has the declared document in its environment.
 */
export function observationOf(
  declared: JsonObject,
  seen: readonly Seen[],
  given: Pick<AgentWish, "environment" | "envPrefix">,
): Seen {
  const broken = seen.find((one) => "unreadable" in one);
  if (broken) return broken;
  const [first, ...others] = seen.filter((one) => "document" in one);
  const base = others.reduce(
    (sum, other) => withDeviations(declared, sum, other),
    first ?? { document: declared, origins: {} },
  );
  if (given.envPrefix === undefined) return base;
  const variables = variablesOf(declared, given.envPrefix);
  const { document, origins } = overriddenBy(base.document, variables, { environment: given.environment, where: "" });
  return { document, origins: { ...base.origins, ...origins } };
}

type Readable = Extract<Seen, { readonly document: JsonObject }>;

/** Where one file still says what is declared, the other's deviation counts. */
function withDeviations(declared: JsonObject, sum: Readable, other: Readable): Readable {
  let document: Json = sum.document;
  const origins: Record<string, string> = { ...sum.origins };
  for (const { pointer, after } of diffJson(declared, other.document)) {
    document = after === undefined ? removeAt(document, pointer) : setAt(document, pointer, after);
    origins[pointer] = other.origins[pointer] ?? other.origins[""] ?? "";
  }
  return { document: isJsonObject(document) ? document : sum.document, origins };
}

async function textIn(path: string): Promise<string | Seen> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing) return { unreadable: `${path} is not there`, isMissing };
    return { unreadable: `${path}: ${error instanceof Error ? error.message : String(error)}`, isMissing };
  }
}

/** A file that is there keeps its permissions. */
async function replace(path: string, text: string, mode: number): Promise<void> {
  const kept = await stat(path).catch(() => null);
  await writeAtomically(path, text, kept === null ? mode : kept.mode & 0o777);
}

function digestIfAny(document: JsonObject): string | null {
  try {
    return digestOf(document);
  } catch {
    return null;
  }
}
