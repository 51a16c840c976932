import { isJsonObject, type Json, type JsonObject, kindOf, valueAt } from "./json.ts";
import type { Current } from "./model.ts";
import type { TellTrouble } from "./troubles.ts";

/**
 * Reads single values by JSON Pointer (RFC 6901), for example `getNumber("/sampling/temperature", 0.2)`. The fallback
 * stands in where nothing is set there. A value of another type is refused: `onError` hears of it once, and the
 * fallback is given, because `"0.3"` where a number belongs is a mistake to correct and not one to guess about.
 */
export type Values = {
  readonly getString: (pointer: string, fallback: string) => string;
  readonly getNumber: (pointer: string, fallback: number) => number;
  readonly getBoolean: (pointer: string, fallback: boolean) => boolean;
  readonly getObject: (pointer: string, fallback: JsonObject) => JsonObject;
  readonly getList: (pointer: string, fallback: readonly Json[]) => readonly Json[];
};

export function valuesOf(current: () => Current, tell: TellTrouble): Values {
  let told = new Set<string>();
  let toldOf: string | null = null;

  function getter<T extends Json>(wanted: string, fits: (value: Json) => value is T) {
    return (pointer: string, fallback: T): T => {
      const { document, digest } = current();
      const value = document === null ? undefined : valueAt(document, pointer);
      if (value === undefined) return fallback;
      if (fits(value)) return value;
      if (toldOf !== digest) told = new Set();
      toldOf = digest;
      const message = `${pointer || "The document"} is ${kindOf(value)}, not ${wanted}; the fallback is used`;
      if (!told.has(message)) {
        told.add(message);
        // Ended at once, so that the same sentence is heard again under another configuration.
        tell.begin({ place: "value", message });
        tell.end("value");
      }
      return fallback;
    };
  }

  return {
    getString: getter("a string", (value) => typeof value === "string"),
    getNumber: getter("a number", (value) => typeof value === "number"),
    getBoolean: getter("a boolean", (value) => typeof value === "boolean"),
    getObject: getter<JsonObject>("an object", isJsonObject),
    getList: getter<readonly Json[]>("a list", (value): value is readonly Json[] => Array.isArray(value)),
  };
}
