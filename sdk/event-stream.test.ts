import fc from "fast-check";
import { expect, test } from "vitest";
import { eventParser, type StreamEvent } from "./event-stream.ts";

const eventsIn = (...chunks: readonly string[]) => {
  const parse = eventParser();
  return chunks.flatMap((chunk) => parse(chunk));
};

test.each<[string, string, readonly StreamEvent[]]>([
  ["an event without a name is a message", "data: x\n\n", [{ event: "message", id: "", data: "x" }]],
  ["one space after the colon belongs to nobody", "data:  x\n\n", [{ event: "message", id: "", data: " x" }]],
  ["data on several lines", "data: a\ndata\ndata: b\n\n", [{ event: "message", id: "", data: "a\n\nb" }]],
  [
    "comments and unknown fields",
    ": hi\nretry: 5\ncolour: red\ndata: x\n\n",
    [{ event: "message", id: "", data: "x" }],
  ],
  [
    "an id stays until there is another, a name does not",
    "id: 1\nevent: e\ndata: a\n\ndata: b\n\n",
    [
      { event: "e", id: "1", data: "a" },
      { event: "message", id: "1", data: "b" },
    ],
  ],
  ["an id with a null byte is none", "id: 1\0\ndata: x\n\n", [{ event: "message", id: "", data: "x" }]],
  ["without data there is no event", "event: e\n\ndata: x\n\n", [{ event: "message", id: "", data: "x" }]],
  [
    "lines may end as on other systems",
    "event: e\r\ndata: a\r\n\r\ndata: b\r\rdata: c\n\n",
    [
      { event: "e", id: "", data: "a" },
      { event: "message", id: "", data: "b" },
      { event: "message", id: "", data: "c" },
    ],
  ],
  ["a byte order mark in front", "\uFEFFdata: x\n\n", [{ event: "message", id: "", data: "x" }]],
  ["what the end cuts off is no event", "data: x\n\ndata: y\n", [{ event: "message", id: "", data: "x" }]],
  [
    "an event that never ends is dropped, the next is heard",
    `data: ${"x".repeat(1_100_000)}\n\ndata: y\n\n`,
    [{ event: "message", id: "", data: "y" }],
  ],
])("%s", (_, text, events) => {
  expect(eventsIn(text)).toEqual(events);
});

test("an endless line is not kept", () => {
  const parse = eventParser();
  for (let i = 0; i < 40; i += 1) expect(parse("data: ".padEnd(100_000, "x"))).toEqual([]);
  expect(parse("\n\ndata: y\n\n")).toEqual([{ event: "message", id: "", data: "y" }]);
});

test("an event of endlessly many empty lines is dropped as well", () => {
  const parse = eventParser();
  for (let i = 0; i < 12; i += 1) expect(parse("data\n".repeat(100_000))).toEqual([]);
  expect(parse("\ndata: y\n\n")).toEqual([{ event: "message", id: "", data: "y" }]);
});

const word = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll(/[\r\n\0\uFEFF]/g, ""));
const anEvent = fc.record({
  event: word.filter((name) => name !== ""),
  data: fc.array(word, { minLength: 1, maxLength: 3 }),
});
const anEnd = fc.constantFrom("\n", "\r\n");

test("wherever the network cuts a stream, the same events come out", () => {
  const stream = fc.record({
    events: fc.array(anEvent, { maxLength: 6 }),
    end: anEnd,
    cuts: fc.array(fc.nat(), { maxLength: 30 }),
  });
  fc.assert(
    fc.property(stream, ({ events, end, cuts }) => {
      const text = events
        .map(({ event, data }) =>
          [`event: ${event}`, ": still here", ...data.map((line) => `data: ${line}`), "", ""].join(end),
        )
        .join("");
      const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
      const chunks = [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
      expect(chunks.join("")).toBe(text);
      expect(eventsIn(...chunks)).toEqual(events.map(({ event, data }) => ({ event, id: "", data: data.join("\n") })));
    }),
    { numRuns: 500 },
  );
});
