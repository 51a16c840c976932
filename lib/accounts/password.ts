import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<"argon2id", Argon2Parameters, Buffer>(argon2);

/** OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;

/** At most this many hashes at once: each takes 19 MiB and a thread, and a flood of sign-ins must not take them all. */
const lanes = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<R>(work: () => Promise<R>): Promise<R> {
  if (running >= lanes) await new Promise<void>((go) => waiting.push(go));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

const base64 = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");

/** The password as an argon2id hash (RFC 9106) in PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await inTurn(() => derive("argon2id", { message: normal(password), nonce, tagLength, ...cost }));
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Of a password that nobody has: what an unknown person's password is compared with, at the same cost. */
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(randomBytes(16))}$${base64(randomBytes(tagLength))}`;

/** Whether the password is the hash's. Without a hash it takes the same time and is always false. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const read = form.exec(hash ?? nobodys);
  const [, memory, passes, parallelism, salt, tag] = read ?? [];
  if (!salt || !tag) throw new Error("A stored password hash is not argon2id in PHC form");
  const expected = Buffer.from(tag, "base64");
  const found = await inTurn(() =>
    derive("argon2id", {
      message: normal(password),
      nonce: Buffer.from(salt, "base64"),
      tagLength: expected.length,
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    }),
  );
  return timingSafeEqual(found, expected) && hash !== null;
}

/** One spelling for what keyboards write in several (RFC 8265 §4.2.2). */
function normal(password: string): string {
  return password.normalize("NFC");
}
