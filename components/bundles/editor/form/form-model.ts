import { isJsonObject, type Json, type JsonObject } from "#lib/kernel/json.ts";
import { getAt, leavesOf } from "#lib/kernel/pointer.ts";
import { catalogueOf, isWildcard } from "#lib/systems/catalogue.ts";
import { PARAMETER_KINDS, type ParameterKind, type ParameterRule, type Rules } from "#lib/systems/model.ts";

/** One parameter as the form shows it in one layer. */
export type FormRow = {
  readonly pointer: string;
  /** Absent: the catalogue does not describe it. */
  readonly rule?: ParameterRule;
  /** What this layer sets; absent: nothing. Null in an overlay takes the base's value away. */
  readonly value?: Json;
  /** What the base sets, in an overlay. */
  readonly inherited?: Json;
  /** False where an overlay may not touch it. */
  readonly isEditable: boolean;
};

export type FormGroup = {
  readonly kind: ParameterKind | "undescribed";
  /** In the document's order. */
  readonly rows: readonly FormRow[];
  /** Parameters that the catalogue names and that neither layer sets. */
  readonly unset: readonly FormRow[];
};

/**
 * The form of a layer, by kind, made from the catalogue and from what is set. `base`: the base's document when the
 * layer is an overlay.
 */
export function formGroups(form: {
  readonly layer: JsonObject;
  readonly base?: JsonObject;
  readonly rules: Rules;
  readonly bundle: string;
}): readonly FormGroup[] {
  const { layer, base } = form;
  const catalogue = catalogueOf(form.rules, form.bundle);
  const rows = new Map<string, FormRow>();
  const isOverlay = base !== undefined;
  for (const document of isOverlay ? [base, layer] : [layer]) {
    for (const leaf of leavesOf(document)) {
      const { pointer, rule } = catalogue.parameterAt(leaf.pointer);
      if (rows.has(pointer)) continue;
      const value = getAt(layer, pointer);
      const inherited = base === undefined ? undefined : getAt(base, pointer);
      rows.set(pointer, {
        pointer,
        ...(rule && { rule }),
        ...(value !== undefined && { value }),
        ...(inherited !== undefined && { inherited }),
        isEditable: !isOverlay || rule?.environmentPolicy === "may_differ",
      });
    }
  }
  const unset = catalogue.rules
    .filter((rule) => !isWildcard(rule.pattern) && !rows.has(rule.pattern) && !isHiddenBelow(rule.pattern, rows))
    .map(
      (rule): FormRow => ({
        pointer: rule.pattern,
        rule,
        isEditable: !isOverlay || rule.environmentPolicy === "may_differ",
      }),
    );
  const kinds = [...PARAMETER_KINDS, "undescribed"] as const;
  return kinds.flatMap((kind) => {
    const ofKind = (row: FormRow) => (row.rule?.kind ?? "undescribed") === kind;
    const group = { kind, rows: [...rows.values()].filter(ofKind), unset: unset.filter(ofKind) };
    return group.rows.length + group.unset.length === 0 ? [] : [group];
  });
}

/** Below a value that stands as a whole, nothing can be set on its own. */
function isHiddenBelow(pointer: string, rows: ReadonlyMap<string, FormRow>): boolean {
  for (let at = pointer.lastIndexOf("/"); at > 0; at = pointer.lastIndexOf("/", at - 1)) {
    if (rows.has(pointer.slice(0, at))) return true;
  }
  return false;
}

/** What a search finds: by address, title, description, unit or owner. */
export function matchesSearch(row: FormRow, wanted: string): boolean {
  if (wanted === "") return true;
  const { rule } = row;
  const words = [row.pointer, rule?.title, rule?.description, rule?.owner, rule?.unit];
  return words.some((word) => word?.toLowerCase().includes(wanted));
}

/** What a value is written with. */
export type Control =
  | { readonly as: "switch" }
  | { readonly as: "choice"; readonly options: readonly Json[] }
  | { readonly as: "number"; readonly isWhole: boolean }
  | { readonly as: "line" }
  | { readonly as: "text" }
  | { readonly as: "lines" }
  | { readonly as: "reference"; readonly key: "$secret" | "$prompt" }
  | { readonly as: "json" };

const LINE = 80;

/** As much of a parameter's rule as its control depends on. */
export type Described = { readonly schema: JsonObject; readonly kind?: string | null };

/** Chosen by the schema, and by what stands there now where the schema leaves it open or the value does not fit. */
export function controlOf(rule: Described | undefined, value: Json | undefined): Control {
  const schema = rule?.schema ?? {};
  const options = schema.enum;
  if (Array.isArray(options) && options.every((one: Json) => typeof one !== "object" || one === null)) {
    return { as: "choice", options };
  }
  const type = typeOf(value) ?? (typeof schema.type === "string" ? schema.type : undefined);
  const isLong = rule?.kind === "prompt" || rule?.kind === "few_shot";
  switch (type) {
    case "boolean":
      return { as: "switch" };
    case "integer":
      return { as: "number", isWhole: true };
    case "number":
      return { as: "number", isWhole: schema.type === "integer" };
    case "string":
      return isLong || (typeof value === "string" && (value.length > LINE || value.includes("\n")))
        ? { as: "text" }
        : { as: "line" };
    case "array":
      return Array.isArray(value) && value.every((one: Json) => typeof one === "string" && !one.includes("\n"))
        ? { as: "lines" }
        : { as: "json" };
    case "object":
      return referenceIn(value) ?? { as: "json" };
    default:
      return isLong ? { as: "text" } : { as: "json" };
  }
}

function typeOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function referenceIn(value: Json | undefined): Control | null {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return null;
  if (typeof value.$secret === "string") return { as: "reference", key: "$secret" };
  return typeof value.$prompt === "string" ? { as: "reference", key: "$prompt" } : null;
}

/** The range or length that the schema asks for, in words: `0 to 2`, `at least 1`, `at most 600 characters`. */
export function rangeHint(schema: JsonObject): string | null {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  return (
    span(minimum, maximum, "") ?? span(minLength, maxLength, " characters") ?? span(minItems, maxItems, " entries")
  );
}

function span(least: Json | undefined, most: Json | undefined, unit: string): string | null {
  const words = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 6 });
  if (typeof least === "number" && typeof most === "number") return `${words(least)} to ${words(most)}${unit}`;
  if (typeof least === "number") return `at least ${words(least)}${unit}`;
  return typeof most === "number" ? `at most ${words(most)}${unit}` : null;
}

/** What a parameter starts with when it is added: the catalogue's default, else the smallest thing that its type allows. */
export function firstValue(rule: ParameterRule | undefined): Json {
  if (rule?.default !== undefined) return rule.default;
  const schema = rule?.schema ?? {};
  if (Array.isArray(schema.enum) && schema.enum[0] !== undefined) return schema.enum[0];
  switch (schema.type) {
    case "boolean":
      return false;
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? schema.minimum : 0;
    case "array":
      return [];
    case "object":
      return {};
    default:
      return "";
  }
}
