/** What any part of the page can ask the shell for. */
export type Signal = "palette" | "shortcuts";

const name = (signal: Signal) => `plumbline:${signal}`;

export function send(signal: Signal): void {
  dispatchEvent(new Event(name(signal)));
}

/** @returns how to stop listening */
export function receive(signal: Signal, then: () => void): () => void {
  addEventListener(name(signal), then);
  return () => removeEventListener(name(signal), then);
}
