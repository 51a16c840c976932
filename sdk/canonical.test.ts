import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "./canonical.ts";
import { frozen, type Json, valueAt } from "./json.ts";

describe("canonical JSON", () => {
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
    ["minus zero", "[-0]", "[0]"],
    ["a member called __proto__", `{"__proto__":{"x":1}}`, `{"__proto__":{"x":1}}`],
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
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555555", "333333333.3333333"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("the number 0x%s is %s", (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, "hex").readDoubleBE())).toBe(text);
  });

  const circular: Json[] = [];
  circular.push(circular);
  test.each<[string, unknown]>([
    ["not a number", Number.NaN],
    ["infinity", [Number.POSITIVE_INFINITY]],
    ["half of a surrogate pair", "\ud800"],
    ["half of a surrogate pair in a key", { "\udc00": 1 }],
    ["a hole in a list", [undefined]],
    ["a list in itself", circular],
  ])("refused: %s", (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });

  test("says the same of the same JSON, however its keys were ordered", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("a digest is SHA-256 of it, with its name in front", () => {
    expect(digestOf({})).toBe("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  });
});

test.each<[string, Json | undefined]>([
  ["/a/b", 1],
  ["/list/1", "y"],
  ["/list/01", undefined],
  ["/list/-", undefined],
  ["/with~1slash", 2],
  ["/with~0tilde", 3],
  ["/with~2", undefined],
  ["/a/constructor", undefined],
  ["no pointer", undefined],
  ["/a/b/c", undefined],
])("the value at %s", (pointer, value) => {
  const document = { a: { b: 1 }, list: ["x", "y"], "with/slash": 2, "with~tilde": 3, "with~2": 4 };
  expect(valueAt(document, pointer)).toEqual(value);
});

test("what is frozen cannot be changed, down to the last list", () => {
  const document = frozen({ a: { list: [1] } });
  expect(() => Object.assign(document.a, { b: 1 })).toThrow(TypeError);
  expect(() => document.a.list.push(2)).toThrow(TypeError);
});
