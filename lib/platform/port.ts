import { once } from "node:events";
import { createServer } from "node:net";

async function canListen(port: number, host: string): Promise<boolean> {
  const probe = createServer();
  const problem = await new Promise<string | undefined>((resolve) => {
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    probe.listen({ port, host, exclusive: true }, () => resolve(undefined));
  });
  if (problem !== undefined) return problem === "EADDRNOTAVAIL" || problem === "EAFNOSUPPORT";
  probe.close();
  await once(probe, "close");
  return true;
}

/** Whether nothing listens on that port, at any address that `localhost` may mean, and this process may. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0", "::"]) {
    if (!(await canListen(port, host))) return false;
  }
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
