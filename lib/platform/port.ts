import { once } from "node:events";
import { createServer } from "node:net";

/** Whether nothing listens on that port, on any address of this machine. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  const probe = createServer();
  const free = new Promise<boolean>((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => resolve(true));
  });
  if (!(await free)) return false;
  probe.close();
  await once(probe, "close");
  return true;
}

/** A port of the loopback address that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen({ port: 0, host: "127.0.0.1" });
  await once(probe, "listening");
  const address = probe.address();
  if (address === null || typeof address === "string") throw new Error("The loopback address has no ports");
  probe.close();
  await once(probe, "close");
  return address.port;
}
