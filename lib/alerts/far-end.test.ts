import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { post } from "./far-end.ts";
import { aFarEnd, type FarEnd } from "./testing/far-end.ts";
import { selfSigned } from "./testing/self-signed.ts";

const message = { headers: {}, body: "{}" };
const { signal } = new AbortController();
const loopback = { address: "127.0.0.1", family: 4 };
const onTheInternet = { address: "93.184.216.34", family: 4 };

let farEnd: FarEnd;
beforeAll(async () => {
  farEnd = await aFarEnd();
});
afterAll(() => farEnd.close());
beforeEach(() => {
  process.env.PLUMBLINE_DATABASE_URL = "postgresql://nobody@127.0.0.1/none";
  process.env.PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS = "127.0.0.1/32";
  farEnd.heard.length = 0;
});
afterEach(() => {
  delete process.env.PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS;
});

const at = (host: string) => new URL(`http://${host}:${farEnd.port}/`);

test("the connection is made to the address that was checked, and the name is asked for once", async () => {
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [asked === 1 ? loopback : { address: "127.0.0.2", family: 4 }];
  };
  expect(await post(at("rebinding.example.org"), message, { signal, resolve })).toBe(204);
  expect(asked).toBe(1);
  expect(farEnd.heard[0]?.headers.host).toBe(`rebinding.example.org:${farEnd.port}`);
});

test.each([
  ["a name that leads to a private address", [{ address: "10.0.0.1", family: 4 }]],
  ["a name of which one address is private", [onTheInternet, { address: "fd00::1", family: 6 }]],
  ["a name that leads to a mapped address", [{ address: "::ffff:169.254.169.254", family: 6 }]],
])("%s is not sent to", async (_, addresses) => {
  const url = new URL("https://hooks.example.org/");
  await expect(post(url, message, { signal, resolve: async () => addresses })).rejects.toThrow(
    /is not an address on the Internet/,
  );
});

test("localhost is not sent to unless its network is allowed", async () => {
  expect(await post(at("127.0.0.1"), message, { signal })).toBe(204);
  process.env.PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS = "";
  await expect(post(new URL("https://localhost/"), message, { signal })).rejects.toThrow(/is not an address/);
  await expect(post(new URL("https://[::1]/"), message, { signal })).rejects.toThrow(/::1 is not an address/);
});

test("without TLS nothing leaves for the Internet", async () => {
  await expect(
    post(at("hooks.example.org"), message, { signal, resolve: async () => [onTheInternet] }),
  ).rejects.toThrow(/Without https/);
});

test("a certificate that nobody vouches for is refused", async () => {
  let heard = 0;
  const server = createServer(selfSigned, (_, response) => {
    heard += 1;
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = new URL(`https://localhost:${port}/`);
  await expect(post(url, message, { signal, resolve: async () => [loopback] })).rejects.toThrow(/self-signed/);
  expect(heard).toBe(0);
  await new Promise((done) => server.close(done));
});

test("a name server that does not answer is not waited for after the attempt has ended", async () => {
  const ending = new AbortController();
  const sending = post(at("hooks.example.org"), message, {
    signal: ending.signal,
    resolve: () => new Promise(() => {}),
  });
  ending.abort();
  await expect(sending).rejects.toThrow(/no answer within 10 seconds/);
});
