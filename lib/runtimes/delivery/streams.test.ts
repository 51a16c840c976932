import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { openStreams, type Stream } from "./streams.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

/** A server whose every answer is a stream, and a reader of it who reads only when told to. */
async function aReader(heartbeatMs: number, mayGoOn = () => true) {
  const streams = openStreams(heartbeatMs);
  const opened = Promise.withResolvers<Stream>();
  const onEnd = vi.fn();
  const server = createServer((_, response) => opened.resolve(streams.open({ response, mayGoOn, onEnd })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket: Socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  undo.push(() => {
    streams.stop();
    socket.destroy();
    server.close();
  });
  return { streams, stream: await opened.promise, socket, onEnd };
}

async function readSome(socket: Socket, until: string): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  await vi.waitFor(() => expect(text).toContain(until));
  return text;
}

test("an open stream is kept alive and not cached", async () => {
  const { stream, socket } = await aReader(20);
  stream.send("data: 1\n\n");
  const text = await readSome(socket, ": keep-alive\n\n");
  expect(text).toContain("Content-Type: text/event-stream\r\n");
  expect(text).toContain("Cache-Control: no-store, no-transform\r\n");
  expect(text).toMatch(/retry: \d+\n\n[\s\S]*data: 1\n\n/);
});

test("a reader that takes nothing is dropped before it costs much", async () => {
  const { streams, stream, socket, onEnd } = await aReader(60_000);
  socket.pause();
  const frame = `data: ${"x".repeat(10_000)}\n\n`;
  // What the operating systems of both ends hold for it comes first.
  for (let sent = 0; streams.count() > 0 && sent < 2_000; sent++) {
    stream.send(frame);
    await new Promise(setImmediate);
  }
  expect(streams.count()).toBe(0);
  expect(onEnd).toHaveBeenCalledOnce();
});

test("a reader that is behind for two heartbeats is dropped", async () => {
  const { streams, stream, socket } = await aReader(50);
  socket.pause();
  // Less at a time than drops it at once.
  for (let sent = 0; sent < 1_000 && streams.count() > 0; sent++) {
    stream.send(`data: ${"x".repeat(8_000)}\n\n`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await vi.waitFor(() => expect(streams.count()).toBe(0), 2_000);
});

test("a stream whose listener may not go on ends within the second, and all end on stopping", async () => {
  let isWelcome = true;
  const first = await aReader(60_000, () => isWelcome);
  first.streams.look();
  expect(first.streams.count()).toBe(1);
  isWelcome = false;
  await vi.waitFor(() => expect(first.streams.count()).toBe(0), 2_000);
  const second = await aReader(60_000);
  second.streams.stop();
  await vi.waitFor(() => expect(second.onEnd).toHaveBeenCalledOnce());
  expect(() => second.stream.send("data: too late\n\n")).not.toThrow();
});

test("who is gone before the stream is opened is let go, and takes no place", async () => {
  const streams = openStreams();
  const onEnd = vi.fn();
  const gone = Promise.withResolvers<void>();
  const server = createServer((_, response) => {
    response.on("close", () => {
      streams.open({ response, mayGoOn: () => true, onEnd }).send("data: 1\n\n");
      expect(onEnd).not.toHaveBeenCalled();
      gone.resolve();
    });
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  undo.push(() => {
    streams.stop();
    server.close();
  });
  await gone.promise;
  await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
  expect(streams.count()).toBe(0);
});
