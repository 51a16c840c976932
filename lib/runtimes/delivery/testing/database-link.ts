import { connect, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { testDatabase } from "#lib/platform/testing/database.ts";

/** The way to this test's database, which can be cut and mended. Whatever connects from now on goes by it. */
export type DatabaseLink = { readonly cut: () => Promise<void>; readonly mend: () => Promise<void> };

/** Ends with the test. Clients that exist already keep their own way. */
export async function aDatabaseLink(): Promise<DatabaseLink> {
  const { appUrl } = testDatabase();
  const target = new URL(appUrl);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;

  async function mend(): Promise<void> {
    const made = createServer((near) => {
      const far = relay(near, { host: target.hostname, port: Number(target.port) });
      for (const socket of [near, far]) sockets.add(socket.on("close", () => sockets.delete(socket)));
    });
    await new Promise<void>((resolve) => made.listen(port, "127.0.0.1", resolve));
    const address = made.address();
    port = typeof address === "object" && address ? address.port : 0;
    server = made;
  }

  async function cut(): Promise<void> {
    const open = server;
    server = null;
    for (const socket of sockets) socket.destroy();
    if (open) await new Promise((resolve) => open.close(resolve));
  }

  await mend();
  const before = process.env.PLUMBLINE_DATABASE_URL;
  const here = new URL(appUrl);
  here.hostname = "127.0.0.1";
  here.port = String(port);
  process.env.PLUMBLINE_DATABASE_URL = here.href;
  onTestFinished(async () => {
    process.env.PLUMBLINE_DATABASE_URL = before;
    await cut();
  });
  return { cut, mend };
}

function relay(near: Socket, to: { readonly host: string; readonly port: number }): Socket {
  const far = connect(to);
  near.pipe(far);
  far.pipe(near);
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
  return far;
}
