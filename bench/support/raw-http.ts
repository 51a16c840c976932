import { connect, type Socket } from "node:net";

/** A request as it goes over the wire. Node's own client would cost more than the servers that are measured. */
export function requestText(path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: "127.0.0.1", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return socket;
}

export type RawAnswer = { readonly status: number; readonly headers: readonly string[]; readonly body: Buffer };

/** One answer with a length, or without a body: raw headers, but for those that Node adds by itself. */
export async function fetchRaw(port: number, text: string): Promise<RawAnswer> {
  const socket = await openSocket(port);
  const parts: Buffer[] = [];
  socket.on("data", (part: Buffer) => parts.push(part));
  socket.write(text.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
  await new Promise((resolve) => socket.once("end", resolve));
  const all = Buffer.concat(parts);
  const end = all.indexOf("\r\n\r\n");
  const [first = "", ...lines] = all.subarray(0, end).toString("latin1").split("\r\n");
  const headers = lines.flatMap((line) => {
    const at = line.indexOf(": ");
    const name = line.slice(0, at);
    return ["Date", "Connection", "Keep-Alive"].includes(name) ? [] : [name, line.slice(at + 2)];
  });
  return { status: Number(first.split(" ")[1]), headers, body: all.subarray(end + 4) };
}

/** Asks again and again over one kept connection. Every answer must be as long as the first one. */
export async function keepAsking(port: number, text: string, until: () => boolean): Promise<number> {
  const socket = await openSocket(port);
  const request = Buffer.from(text);
  const length = await lengthOfAnswer(socket, request);
  let answers = 0;
  let read = 0;
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.on("data", (part: Buffer) => {
      read += part.length;
      if (read < length) return;
      if (read > length) return reject(new Error(`An answer had ${read} bytes instead of ${length}`));
      answers++;
      read = 0;
      if (until()) resolve();
      else socket.write(request);
    });
    socket.write(request);
  });
  socket.destroy();
  return answers;
}

/** Headers and body of an answer over a connection that stays open. */
function lengthOfAnswer(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve) => {
    let text = "";
    const read = (part: Buffer) => {
      text += part.toString("latin1");
      const end = text.indexOf("\r\n\r\n") + 4;
      const body = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
      if (end < 4 || text.length < end + body) return;
      socket.off("data", read);
      resolve(end + body);
    };
    socket.on("data", read);
    socket.write(request);
  });
}
