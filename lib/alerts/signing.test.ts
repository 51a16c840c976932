import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { newSigningSecret, signedHeaders } from "./signing.ts";

const secret = newSigningSecret();
const formerSecret = newSigningSecret();
const body = '{"type":"alert.drift"}';
const now = new Date();
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

function verifies(by: string, rotatedAt: Date | null): boolean {
  const headers = signedHeaders({ secret, formerSecret, rotatedAt }, { id: "m1", body, now });
  try {
    new Webhook(by).verify(body, { ...headers });
    return true;
  } catch {
    return false;
  }
}

describe("a receiver", () => {
  test.each([
    ["with the secret", secret, null, true],
    ["with another secret", newSigningSecret(), null, false],
    ["with the new secret, after a rotation", secret, hoursAgo(1), true],
    ["with the former secret, within a day of the rotation", formerSecret, hoursAgo(23), true],
    ["with the former secret, later", formerSecret, hoursAgo(25), false],
  ])("%s", (_, by, rotatedAt, expected) => {
    expect(verifies(by, rotatedAt)).toBe(expected);
  });

  test("sees that a body was altered", () => {
    const headers = signedHeaders({ secret, formerSecret: null, rotatedAt: null }, { id: "m1", body, now });
    expect(() => new Webhook(secret).verify(`${body} `, { ...headers })).toThrow(/signature/);
  });
});

test("secrets are of 32 bytes and never the same", () => {
  expect(newSigningSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newSigningSecret()).not.toBe(newSigningSecret());
});
