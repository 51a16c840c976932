import fc from "fast-check";
import type { Json, JsonObject } from "../json.ts";

/** Keys that collide often, and those that are awkward: pointer escapes, prototypes, an index, no text at all. */
const key = fc.constantFrom("a", "b", "c", "a/b", "~", "~1", "", "0", "__proto__", "constructor", "é", "😀");

const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });

type Kinds = { readonly json: Json; readonly object: JsonObject; readonly list: readonly Json[] };

function arbitraries(scalar: fc.Arbitrary<Json>) {
  return fc.letrec<Kinds>((tie) => ({
    json: fc.oneof({ depthSize: "small", withCrossShrink: true }, scalar, tie("list"), tie("object")),
    list: fc.array(tie("json"), { maxLength: 3 }),
    object: fc.array(fc.tuple(key, tie("json")), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  }));
}

const small = fc.constantFrom<Json>(0, -0, 1, "", "x", true);

/** Any JSON value, small enough that two of them often have something in common. */
export const anyJson = arbitraries(fc.oneof(small, fc.constant(null), numbers, fc.string({ unit: "grapheme" }))).json;

/** Documents of few keys and few values, so that two sides often agree, overlap and collide. */
export const document = arbitraries(fc.oneof(small, fc.constant(null))).object;

/** The same without `null`, which a merge patch cannot set. */
export const documentWithoutNull = arbitraries(small).object;
