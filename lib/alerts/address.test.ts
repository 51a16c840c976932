import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assertFarEnd, isAllowedNetwork, mayReach, parseNetworks } from "./address.ts";

describe("without an allowed network", () => {
  test.each([
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "0:0:0:0:0:ffff:c0a8:0101",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:5ef5:79fd::1",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "100::1",
    "5f00::1",
    "4000::1",
    "localhost",
    "",
  ])("%s is not reached", (address) => {
    expect(mayReach(address, [])).toBe(false);
  });

  test.each(["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1"])(
    "%s is reached",
    (address) => {
      expect(mayReach(address, [])).toBe(true);
    },
  );

  test("an IPv4 address and the same mapped into IPv6 are judged alike", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(mayReach(`::ffff:${address}`, [])).toBe(mayReach(address, []));
      }),
    );
  });
});

describe("with allowed networks", () => {
  const allowed = parseNetworks("10.20.0.0/16, fd00::/8,127.0.0.1/32");
  test.each([
    ["10.20.3.4", true],
    ["::ffff:10.20.3.4", true],
    ["fd12::1", true],
    ["127.0.0.1", true],
    ["1.1.1.1", true],
    ["10.21.0.1", false],
    ["127.0.0.2", false],
    ["::1", false],
    ["169.254.169.254", false],
  ])("%s: %s", (address, is) => {
    expect(mayReach(address, allowed)).toBe(is);
  });

  test("what is on the Internet was not allowed by name", () => {
    expect(isAllowedNetwork("1.1.1.1", allowed)).toBe(false);
    expect(isAllowedNetwork("10.20.0.1", allowed)).toBe(true);
    expect(isAllowedNetwork("nonsense", allowed)).toBe(false);
  });

  test.each(["10.0.0.0", "10.0.0.0/40", "everything", "on"])("%s is no network", (text) => {
    expect(() => parseNetworks(text)).toThrow(/is not a network; write it like 10\.0\.0\.0\/8/);
  });
});

describe("the address of a far end", () => {
  test.each([
    ["https://hooks.example.org/plumbline?team=a", undefined],
    ["https://93.184.216.34/hook", undefined],
    ["not an address", /not a web address/],
    ["ftp://example.org/", /not a web address/],
    ["file:///etc/passwd", /not a web address/],
    ["javascript:alert(1)", /not a web address/],
    ["http://hooks.example.org/", /begins with https/],
    ["https://user:secret@example.org/", /name and password/],
    ["https://127.0.0.1/", /not an address on the Internet/],
    ["https://2130706433/", /127\.0\.0\.1 is not/],
    ["https://0x7f000001/", /127\.0\.0\.1 is not/],
    ["https://0177.0.0.1/", /127\.0\.0\.1 is not/],
    ["https://127.1/", /127\.0\.0\.1 is not/],
    ["https://127.0.0.1./", /127\.0\.0\.1 is not/],
    ["https://①②⑦.⓪.⓪.①/", /127\.0\.0\.1 is not/],
    ["https://[::1]/", /::1 is not/],
    ["https://[::ffff:169.254.169.254]/", /is not an address on the Internet/],
    ["https://0/", /0\.0\.0\.0 is not/],
  ])("%s", (text, refusal) => {
    const check = () => assertFarEnd(text, []);
    if (refusal) expect(check).toThrow(refusal);
    else expect(check().href).toBe(text);
  });

  test("may be without TLS where a network is allowed", () => {
    expect(() => assertFarEnd("http://127.0.0.1:8080/", parseNetworks("127.0.0.0/8"))).not.toThrow();
    expect(() => assertFarEnd("http://10.0.0.1/", parseNetworks("127.0.0.0/8"))).toThrow(/is not an address/);
  });
});
