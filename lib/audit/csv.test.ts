import fc from "fast-check";
import { expect, test } from "vitest";
import { csvCell, csvLine } from "#lib/audit/csv.ts";

test.each([
  ["plain text stays", "approved", "approved"],
  ["nothing stays empty", null, ""],
  ["a number stays a number", -3, "-3"],
  ["a comma is quoted", "a,b", '"a,b"'],
  ["a quote is doubled", 'say "no"', '"say ""no"""'],
  ["a line break is quoted", "a\nb", '"a\nb"'],
  ["a formula is defused", "=HYPERLINK(A1)", "'=HYPERLINK(A1)"],
  ["a plus is defused", "+1", "'+1"],
  ["a minus is defused", "-1", "'-1"],
  ["an at sign is defused", "@SUM(1)", "'@SUM(1)"],
  ["a tab is defused", "\t=1", "'\t=1"],
  ["a carriage return is defused and quoted", "\r=1", '"\'\r=1"'],
])("%s", (_, value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

/** Reads one line as RFC 4180 says. */
function readLine(line: string): readonly string[] {
  const cells = [...line.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
}

test("no text breaks out of its cell, and none starts as a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }), (texts) => {
      const read = readLine(csvLine(["start", ...texts]));
      expect(read).toHaveLength(texts.length + 1);
      for (const [i, text] of texts.entries()) {
        expect([text, `'${text}`]).toContain(read[i + 1]);
        expect(read[i + 1]).not.toMatch(/^[=+\-@\t\r]/);
      }
    }),
  );
});
