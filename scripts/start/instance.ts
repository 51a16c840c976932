// One `npm start` per checkout. A file names the running one; a socket tells whether that is still true, which a
// process id, used again after a crash, could not.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";

const Note = z.object({ pid: z.number(), port: z.number(), token: z.string() });
type Note = z.infer<typeof Note>;

const Answer = z.object({ pid: z.number(), url: z.string().nullable() });
/** Another `npm start` of this checkout: `url` is null while it is still starting. */
export type OtherInstance = z.infer<typeof Answer>;

/** The claim of this process on the checkout. */
export type Claim = {
  /** What a second start is told from now on. */
  readonly serveAt: (url: string) => void;
  readonly release: () => void;
};

const noteName = "running.json";
const patience = 2_000;

function readNote(folder: string): Note | undefined {
  try {
    return Note.parse(JSON.parse(readFileSync(join(folder, noteName), "utf8")));
  } catch {
    // Missing, or cut short by a crash: either way nobody can be asked.
    return undefined;
  }
}

/** Asks whoever the note names. Undefined: nobody is there, or somebody else has the port by now. */
async function ask({ port, token }: Note): Promise<OtherInstance | undefined> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.setTimeout(patience, () => socket.destroy());
  let text = "";
  try {
    await once(socket, "connect");
    socket.end(`${token}\n`);
    for await (const part of socket) text += part;
    return Answer.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function listen(token: string, answer: () => OtherInstance): Promise<{ readonly port: number; close(): void }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.setTimeout(patience, () => socket.destroy());
    let text = "";
    socket.on("data", (part) => {
      text += part;
      if (text.length > 1_000) socket.destroy();
    });
    socket.on("end", () => socket.end(text.trim() === token ? JSON.stringify(answer()) : ""));
  });
  server.listen({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The loopback address has no ports");
  return { port: address.port, close: () => server.close() };
}

/** Puts our note in place unless one is there; a link is made whole or not at all. */
function place(folder: string, note: Note): boolean {
  const own = join(folder, `${noteName}.${note.pid}`);
  writeFileSync(own, JSON.stringify(note), { mode: 0o600 });
  try {
    linkSync(own, join(folder, noteName));
    return true;
  } catch {
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes a dead note away, by renaming, so that of several that start at once only one gets it. */
function removeDead(folder: string, dead: Note | undefined): void {
  const aside = join(folder, `${noteName}.dead.${process.pid}`);
  try {
    renameSync(join(folder, noteName), aside);
    const taken = JSON.parse(readFileSync(aside, "utf8"));
    if (dead && taken.token !== dead.token) linkSync(aside, join(folder, noteName));
  } catch {
    // Someone else was quicker, or what was there cannot be read: the next attempt to place ours decides.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Claims the checkout for this process, or tells who has it. */
export async function claimCheckout(folder: string): Promise<Claim | OtherInstance> {
  let url: string | null = null;
  const token = randomBytes(16).toString("hex");
  const door = await listen(token, () => ({ pid: process.pid, url }));
  for (let attempt = 0; attempt < 10; attempt++) {
    if (place(folder, { pid: process.pid, port: door.port, token })) {
      return {
        serveAt: (address) => {
          url = address;
        },
        release: () => {
          door.close();
          if (readNote(folder)?.token === token) rmSync(join(folder, noteName), { force: true });
        },
      };
    }
    const note = readNote(folder);
    const other = note && (await ask(note));
    if (other) {
      door.close();
      return other;
    }
    removeDead(folder, note);
  }
  door.close();
  throw new Error(`${join(folder, noteName)} can neither be written nor removed`);
}

export function isOther(claimed: Claim | OtherInstance): claimed is OtherInstance {
  return "pid" in claimed;
}
