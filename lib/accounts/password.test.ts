import { expect, test } from "vitest";
import { hashPassword, passwordMatches } from "#lib/accounts/password.ts";

test("a password matches its hash, whatever keyboard wrote its accents, and nothing else does", async () => {
  const hash = await hashPassword("caf\u00e9 au lait, s'il vous pla\u00eet");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await passwordMatches("cafe\u0301 au lait, s'il vous plai\u0302t", hash)).toBe(true);
  expect(await passwordMatches("cafe au lait", hash)).toBe(false);
  expect(await hashPassword("the same words")).not.toBe(await hashPassword("the same words"));
});

test("a hash of another implementation is read", async () => {
  // Test vector of the reference implementation's `argon2 somesalt -id -t 2 -m 16 -p 1` for "password".
  const hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  expect(await passwordMatches("password", hash)).toBe(true);
  expect(await passwordMatches("passw0rd", hash)).toBe(false);
});

test("without a hash it takes as long, and is refused", async () => {
  const hash = await hashPassword("some plain words");
  const time = async (against: string | null) => {
    const begun = performance.now();
    expect(await passwordMatches("wrong words", against)).toBe(false);
    return performance.now() - begun;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 8; round++) {
    known.push(await time(hash));
    unknown.push(await time(null));
  }
  const ratio = Math.min(...unknown) / Math.min(...known);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});
