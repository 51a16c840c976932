import type { YAMLError } from "yaml";
import type { Layer, Problem } from "./model.ts";

/**
 * What the reader's error codes mean to a person. The reader's own messages are not shown: some quote the text,
 * which may hold a secret.
 */
const sentences: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  ALIAS_PROPS: "An alias can't have an anchor or a tag of its own; remove it",
  BAD_ALIAS: "This alias has no name; write * and the anchor's name",
  BAD_COLLECTION_TYPE: "The tag does not fit the value; remove the tag",
  BAD_DQ_ESCAPE: "This escape is not known; write \\\\ for a backslash, or use single quotes",
  BAD_INDENT: "The indentation does not fit; align this line with its siblings",
  BAD_PROP_ORDER: "Anchors and tags must come directly before their value",
  BAD_SCALAR_START: "A plain value can't begin with this character; put the value in quotes",
  BLOCK_AS_IMPLICIT_KEY:
    "A nested mapping can't stand on the same line as its key; begin a new, indented line, or quote the text that holds “: ”",
  BLOCK_IN_FLOW: "An indented block can't stand inside brackets; write it in brackets too",
  DUPLICATE_KEY: "This key stands here twice; keep one of them",
  IMPOSSIBLE: "This text can't be read as YAML",
  KEY_OVER_1024_CHARS: "A key is longer than 1,024 characters; shorten it, or quote the text that holds “: ”",
  MISSING_CHAR: "A character is missing here: a closing quote or bracket, a comma or a colon",
  MULTILINE_IMPLICIT_KEY: "A key can't span lines; is a colon, a quote or a bracket missing?",
  MULTIPLE_ANCHORS: "A value can have only one anchor",
  MULTIPLE_DOCS: "The text holds several documents; keep one",
  MULTIPLE_TAGS: "A value can have only one tag",
  RESOURCE_EXHAUSTION: "The text is nested too deeply to be read; flatten it",
  TAB_AS_INDENT: "Tabs can't indent in YAML; use spaces",
  TAG_RESOLVE_FAILED: "The tag does not fit the value; remove the tag",
  UNEXPECTED_TOKEN: "This is not expected here; is a quote, a comma or a line break missing before it?",
};

export function syntaxProblem(
  error: YAMLError,
  layer: Layer,
  place: { readonly line: number; readonly column: number },
): Problem {
  const isTooDeep = error.code === "RESOURCE_EXHAUSTION";
  return {
    rule: isTooDeep ? "yaml.too_deep" : error.code === "TAG_RESOLVE_FAILED" ? "yaml.tag" : "yaml.syntax",
    severity: "error",
    message: sentences[error.code] ?? "This text can't be read as YAML",
    layer,
    line: place.line,
    column: place.column,
  };
}
