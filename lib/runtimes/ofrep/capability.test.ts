import { expect, test } from "vitest";
import { capabilityEnd, readCapability, signCapability } from "./capability.ts";

const secret = Buffer.from("a secret of this test");
const now = new Date("2027-01-04T09:30:00Z");
const tokenId = "019ab000-0000-7000-8000-000000000001";
const hour = 3_600_000;

test("an address lets in until it ends, as it was made, and nothing else does", () => {
  const capability = { tokenId, environment: "production", expiresAt: new Date(now.getTime() + 1) };
  const signed = signCapability(capability, secret);
  expect(signed).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(readCapability(signed, secret, now)).toEqual(capability);
  expect(readCapability(signed, secret, capability.expiresAt)).toBeNull();
  expect(readCapability(signed, Buffer.from("another"), now)).toBeNull();
  const [content = "", seal = ""] = signed.split(".");
  const other = signCapability({ ...capability, environment: "staging" }, secret).split(".")[0];
  for (const forged of [
    "",
    ".",
    content,
    `${content}.`,
    `${other}.${seal}`,
    `${signed}.x`,
    `${content}.${seal.slice(1)}`,
  ]) {
    expect(readCapability(forged, secret, now)).toBeNull();
  }
});

test("an address given out lives between one and two hours, and is the same again for an hour", () => {
  for (const listener of ["ada", "grace", "sam"]) {
    const end = capabilityEnd(listener, now);
    expect(end.getTime() - now.getTime()).toBeGreaterThan(hour);
    expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(2 * hour);
    const steps = new Set(
      Array.from({ length: 60 }, (_, minute) =>
        capabilityEnd(listener, new Date(now.getTime() + minute * 60_000)).getTime(),
      ),
    );
    expect(steps.size).toBeLessThanOrEqual(2);
  }
  expect(capabilityEnd("ada", now)).not.toEqual(capabilityEnd("grace", now));
});
