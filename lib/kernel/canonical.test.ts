import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";
import { digestOf, sha256 } from "./digest.ts";
import { isJsonObject, type Json, jsonEqual } from "./json.ts";
import { Refusal } from "./refusal.ts";
import { shortDigest } from "./short-digest.ts";
import { anyJson } from "./testing/json-arbitrary.ts";

describe("canonical form", () => {
  test.each<[string, string, string]>([
    [
      "the example of RFC 8785 §3.2.2",
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    ],
    [
      "keys by UTF-16 code units, RFC 8785 §3.2.3",
      String.raw`{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}`,
      `{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}`,
    ],
    ["numbers that are spelled differently", "[1.0, 1e0, 10e-1, 1]", "[1,1,1,1]"],
    ["minus zero", "[-0, 0]", "[0,0]"],
    ["a member called __proto__", `{"__proto__":{"x":1}}`, `{"__proto__":{"x":1}}`],
    ["a scalar", `"x"`, `"x"`],
  ])("%s", (_, source, canonical) => {
    expect(canonicalJson(JSON.parse(source))).toBe(canonical);
  });

  // RFC 8785 Appendix B.
  test.each([
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555555", "333333333.3333333"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("the number 0x%s is %s", (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text);
  });

  const circular: unknown[] = [];
  circular.push(circular);
  test.each<[string, unknown, RegExp]>([
    ["not a number", { a: { b: Number.NaN } }, /^\/a\/b: NaN is not a JSON number/],
    ["infinity", [1, Number.POSITIVE_INFINITY], /^\/1: Infinity/],
    ["half of a surrogate pair", { a: "\ud800" }, /^\/a: .*surrogate/],
    ["half of a surrogate pair in a key", { "\udc00": 1 }, /This key.*surrogate/],
    ["a hole in a list", [undefined], /^\/0: .*undefined/],
    ["a date", { at: new Date(0) }, /^\/at: Only plain objects/],
    ["a big integer", 1n, /bigint/],
    ["nothing at all", undefined, /undefined/],
    ["a list in itself", circular, /Nested deeper than 256 levels/],
  ])("refused: %s", (_, value, message) => {
    const attempt = () => canonicalJson(value as Json);
    expect(attempt).toThrow(Refusal);
    expect(attempt).toThrow(message);
  });

  test("a member that is undefined is left out", () => {
    expect(canonicalJson({ a: undefined, b: 1 } as unknown as Json)).toBe(`{"b":1}`);
  });

  test("reading a canonical form and writing it again changes nothing", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test("two values are equal exactly when their canonical forms are", () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(jsonEqual(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
        expect(jsonEqual(a, reordered(a))).toBe(true);
      }),
    );
  });
});

describe("digest", () => {
  test("is SHA-256 of the canonical form", () => {
    expect(sha256("abc").toString("hex")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(digestOf({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    expect(digestOf({})).toBe(`sha256:${sha256(Buffer.from("{}")).toString("hex")}`);
  });

  test("does not depend on the order of keys, nor on the spelling of numbers", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(digestOf(reordered(value))).toBe(digestOf(value));
        expect(digestOf(JSON.parse(respelled(value)))).toBe(digestOf(value));
      }),
    );
  });

  test("depends on everything else", () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(digestOf(a) === digestOf(b)).toBe(jsonEqual(a, b));
      }),
    );
  });

  test("has a short form for people", () => {
    expect(shortDigest(digestOf({}))).toBe("44136fa355b3");
    expect(shortDigest("44136fa355b3678a1146")).toBe("44136fa355b3");
  });
});

/** The same value with the keys of every object in the opposite order. */
function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map(reordered);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Json] => [key, reordered(member)]);
  return Object.fromEntries(members.reverse());
}

/** The same value as text, with every number spelled with an exponent and with spaces about. */
function respelled(value: Json): string {
  if (typeof value === "number") return ` ${value.toExponential()} `;
  if (Array.isArray(value)) return `[ ${value.map(respelled).join(" , ")} ]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([key, member]) => `${JSON.stringify(key)} : ${respelled(member)}`)} }`;
}
