import ipaddr from "ipaddr.js";
import { Refusal } from "#lib/kernel/refusal.ts";

/** A network as CIDR writes it, for example 10.0.0.0/8. */
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** Networks from a list with commas. @throws Refusal `invalid` naming what is no network */
export function parseNetworks(text: string): readonly Network[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      if (ipaddr.isValidCIDR(one)) return ipaddr.parseCIDR(one);
      throw new Refusal("invalid", `${one} is not a network; write it like 10.0.0.0/8 or fd00::/8`);
    });
}

/** Services of hosting companies at addresses that are public by their number alone. */
const ALSO_SPECIAL = [ipaddr.parseCIDR("168.63.129.16/32")];
/** The only IPv6 addresses that are routed on the Internet: RFC 4291 §2.4, IANA "IPv6 Global Unicast". */
const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3");

/**
 * Whether an IP address may be sent to: it is on the Internet, or in one of the allowed networks. Loopback, private,
 * link-local, shared, documentation, multicast and other special-use addresses (RFC 6890) are not, nor IPv6 addresses
 * that hold an IPv4 address for a translator. An IPv4-mapped address counts as its IPv4 address.
 */
export function mayReach(address: string, allowed: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (isWithin(ip, allowed)) return true;
  if (ip.range() !== "unicast" || isWithin(ip, ALSO_SPECIAL)) return false;
  return ip.kind() === "ipv4" || isWithin(ip, [GLOBAL_V6]);
}

/** Whether an address that is not on the Internet was allowed by name. */
export function isAllowedNetwork(address: string, allowed: readonly Network[]): boolean {
  return ipaddr.isValid(address) && isWithin(ipaddr.process(address), allowed);
}

function isWithin(ip: ReturnType<typeof ipaddr.process>, networks: readonly Network[]): boolean {
  return networks.some(([network, bits]) => network.kind() === ip.kind() && ip.match(network, bits));
}

/** The IP address that a URL names instead of a host, without brackets; null: it names a host. */
export function literalOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(host) ? host : null;
}

/**
 * The URL of a far end as it may be kept. What its name leads to is looked up when something is sent.
 * Spellings of an IPv4 address as one number, in octal or in hexadecimal are read by the URL parser (WHATWG URL §3.5).
 * @throws Refusal `invalid` saying what would be right
 */
export function assertFarEnd(text: string, allowed: readonly Network[]): URL {
  const url = URL.parse(text);
  if (!url || !["https:", "http:"].includes(url.protocol)) {
    throw wrong("This is not a web address; it looks like https://hooks.example.org/plumbline");
  }
  if (url.username !== "" || url.password !== "") {
    throw wrong("Leave the name and password out of the address; messages are signed instead");
  }
  if (url.protocol === "http:" && allowed.length === 0) {
    throw wrong(
      "Use an address that begins with https://; without it, only networks that an operator names in PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS can be reached",
    );
  }
  const ip = literalOf(url);
  if (ip !== null && !mayReach(ip, allowed)) throw wrong(unreachable(ip));
  return url;
}

/** Why nothing is sent to an address. */
export function unreachable(address: string): string {
  return `${address} is not an address on the Internet; an operator can allow its network with PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS`;
}

function wrong(message: string): Refusal {
  return new Refusal("invalid", message, { fields: { address: [message] } });
}
