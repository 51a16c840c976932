/** What any part of the page can ask the shell for, and what keys ask of the page. */
export type Signal = "palette" | "shortcuts" | "review" | "comment" | "viewed";

const name = (signal: Signal) => `plumbline:${signal}`;

export function send(signal: Signal): void {
  dispatchEvent(new Event(name(signal)));
}

/** @returns how to stop listening */
export function receive(signal: Signal, then: () => void): () => void {
  addEventListener(name(signal), then);
  return () => removeEventListener(name(signal), then);
}
