/** One event of a stream: what it is called, its id (empty: none was given yet) and its data. */
export type StreamEvent = { readonly event: string; readonly id: string; readonly data: string };

/** Past this, what was collected of one event is thrown away: no event of ours is that long. */
const LONGEST = 1_048_576;

/**
 * A parser of server-sent events (WHATWG HTML §9.2): give it text as it arrives, cut anywhere, and it gives the events
 * that this completes. Lines end with LF, CRLF or CR; comments and unknown fields are left out; an event that the
 * stream's end cuts off is none.
 */
export function eventParser(): (chunk: string) => readonly StreamEvent[] {
  let rest = "";
  let isFirst = true;
  let data: string[] = [];
  let size = 0;
  let event = "";
  let id = "";

  function field(line: string): void {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") event = value;
    if (name === "id" && !value.includes("\0")) id = value;
    if (name === "data") {
      // Its line's end counts, so that lines without anything come to an end as well.
      size += value.length + 1;
      if (size <= LONGEST) data.push(value);
    }
  }

  function complete(): readonly StreamEvent[] {
    const done = data.length === 0 || size > LONGEST ? [] : [{ event: event || "message", id, data: data.join("\n") }];
    data = [];
    size = 0;
    event = "";
    return done;
  }

  return (chunk) => {
    if (chunk === "") return [];
    const text = rest + (isFirst ? chunk.replace(/^\uFEFF/, "") : chunk);
    isFirst = false;
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST) {
      rest = "";
      size = LONGEST + 1;
    }
    return lines.flatMap((line) => {
      if (line === "") return complete();
      if (!line.startsWith(":")) field(line);
      return [];
    });
  };
}
