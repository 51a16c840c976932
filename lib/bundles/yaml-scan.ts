import { Composer, type CST, type Document, LineCounter, Parser } from "yaml";
import { LIMITS } from "./limits.ts";

/** What a text holds before anything is built from it. */
export type Scan = {
  readonly tokens: readonly CST.Token[];
  readonly lines: LineCounter;
  /** Offset of the first container past the deepest level allowed. */
  readonly tooDeepAt: number | null;
  readonly hasTooManyLeaves: boolean;
  /** Offset of the first `%` directive, which could switch the text to YAML 1.1. */
  readonly directiveAt: number | null;
  /** Offset of the second document. */
  readonly secondDocumentAt: number | null;
};

type Place = { readonly token: CST.Token; readonly level: number };

/** Tokens and their nesting, walked without recursion, so that hostile nesting is refused before it is composed. */
export function scanYaml(text: string): Scan {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const documents = tokens.filter((token) => token.type === "document");
  const directive = tokens.find((token) => token.type === "directive");
  let tooDeepAt: number | null = null;
  let leaves = 0;
  const pending: Place[] = documents.flatMap((token) => (token.value ? [{ token: token.value, level: 1 }] : []));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, level } = next;
    const children = childrenOf(token);
    if (children === null) continue;
    if (level > LIMITS.levels) {
      tooDeepAt = token.offset;
      break;
    }
    for (const child of children) {
      if (child === null || !isContainer(child)) leaves += 1;
      else pending.push({ token: child, level: level + 1 });
    }
    if (leaves > LIMITS.leaves) break;
  }
  return {
    tokens,
    lines,
    tooDeepAt,
    hasTooManyLeaves: leaves > LIMITS.leaves,
    directiveAt: directive?.offset ?? null,
    secondDocumentAt: documents[1]?.offset ?? null,
  };
}

/** The values inside a container, null for an absent one; or null for what is no container. */
function childrenOf(token: CST.Token): readonly (CST.Token | null)[] | null {
  switch (token.type) {
    case "block-map":
    case "block-seq":
      return token.items.flatMap(contentsOf);
    case "flow-collection":
      return token.items.filter((item) => item.value || item.key).flatMap(contentsOf);
    default:
      return null;
  }
}

/** An item's value; before it its key, when that is a container too: refused later, but it nests like any other. */
function contentsOf(item: CST.CollectionItem): readonly (CST.Token | null)[] {
  const key = item.key ?? null;
  if (key === null) return [item.value ?? null];
  if (!isContainer(key)) return [item.value ?? key];
  return [key, item.value ?? null];
}

function isContainer(token: CST.Token): boolean {
  return token.type === "block-map" || token.type === "block-seq" || token.type === "flow-collection";
}

/** The document tree, by YAML 1.2's core schema; integers arrive as bigint so that none is rounded unseen. */
export function composeYaml(scan: Scan, length: number): Document.Parsed | undefined {
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    // Checked by the reader instead: the library compares every key with every other.
    uniqueKeys: false,
    intAsBigInt: true,
    strict: true,
    prettyErrors: false,
    logLevel: "silent",
  });
  return [...composer.compose(scan.tokens, true, length)][0];
}
