import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { sha256 } from "./digest.ts";
import { Refusal } from "./refusal.ts";

// Signed notes (C2SP signed-note) with Ed25519 (RFC 8032), signature type 0x01.
const ed25519 = 0x01;
// DER of an Ed25519 key (RFC 8410) up to its 32 bytes.
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");
const mostSignatures = 100;

/** Who may sign, as everyone may know it. `id` is the first 4 bytes of SHA-256(name, newline, type, public key). */
export type VerifierKey = { readonly name: string; readonly id: Buffer; readonly publicKey: KeyObject };

/** Both halves of a new key as text: `skey` is secret, `vkey` is for everyone. */
export type NoteKey = { readonly skey: string; readonly vkey: string };

/** A note whose signatures were checked. */
export type VerifiedNote = {
  /** The signed text, its last newline included. */
  readonly text: string;
  /** Names of the known keys that signed it, in the order of their signatures; never empty. */
  readonly signedBy: readonly string[];
};

/** A new Ed25519 key under this name, which must have no spaces and no `+`. Throws `Refusal` "invalid". */
export function generateNoteKey(name: string): NoteKey {
  assertKeyName(name);
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const id = keyId(name, publicKey).toString("hex");
  return {
    skey: `PRIVATE+KEY+${name}+${id}+${typed(seed).toString("base64")}`,
    vkey: `${name}+${id}+${typed(rawPublicKey(publicKey)).toString("base64")}`,
  };
}

/** Reads `name+hash+base64(0x01, public key)`. Throws `Refusal` "invalid" unless it is an Ed25519 key with the right hash. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [name = "", hash = "", ...material] = vkey.split("+");
  const raw = keyMaterial(name, hash, material.join("+"));
  const publicKey = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: "der", type: "spki" });
  return { name, id: assertKeyId(hash, keyId(name, publicKey)), publicKey };
}

/** The public half of a secret key. Throws `Refusal` "invalid", without the key, when it is not one. */
export function verifierKeyOf(skey: string): string {
  const { name, id, publicKey } = parseSignerKey(skey);
  return `${name}+${id.toString("hex")}+${typed(rawPublicKey(publicKey)).toString("base64")}`;
}

function parseSignerKey(skey: string): VerifierKey & { readonly privateKey: KeyObject } {
  const [word1, word2, name = "", hash = "", ...material] = skey.split("+");
  if (word1 !== "PRIVATE" || word2 !== "KEY") throw new Refusal("invalid", "A signing key starts with PRIVATE+KEY+");
  const seed = keyMaterial(name, hash, material.join("+"));
  const privateKey = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  return { name, id: assertKeyId(hash, keyId(name, publicKey)), publicKey, privateKey };
}

/**
 * The text with one Ed25519 signature: text, empty line, `— name base64(key id, signature)`.
 * The text must end with a newline and have no other control characters: else `Refusal` "invalid".
 */
export function signNote(text: string, skey: string): string {
  assertNoteText(text);
  const { name, id, privateKey } = parseSignerKey(skey);
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n— ${name} ${Buffer.concat([id, signature]).toString("base64")}\n`;
}

/**
 * Checks a note against the keys that one trusts. Signatures of other keys are ignored; one wrong signature of a known
 * key, or none of a known key at all, refuses the note (`Refusal` "invalid").
 */
export function verifyNote(note: string, vkeys: readonly string[]): VerifiedNote {
  const known = vkeys.map(parseVerifierKey);
  const split = note.lastIndexOf("\n\n");
  if (split === -1)
    throw new Refusal("invalid", "This note has no signatures: they follow its text after an empty line");
  const text = note.slice(0, split + 1);
  assertNoteText(text);
  const signedBy = new Set<string>();
  for (const { name, id, signature } of parseSignatures(note.slice(split + 2))) {
    const key = known.find((candidate) => candidate.name === name && candidate.id.equals(id));
    if (!key) continue;
    if (signature.length !== 64 || !verify(null, Buffer.from(text), key.publicKey, signature)) {
      throw new Refusal(
        "invalid",
        `The signature of ${name} does not fit this note: it was changed, or not signed by that key`,
      );
    }
    signedBy.add(name);
  }
  if (signedBy.size === 0) throw new Refusal("invalid", "None of the known keys has signed this note");
  return { text, signedBy: [...signedBy] };
}

type NoteSignature = { readonly name: string; readonly id: Buffer; readonly signature: Buffer };

function parseSignatures(block: string): readonly NoteSignature[] {
  if (!block.endsWith("\n")) throw new Refusal("invalid", "The last signature of a note ends with a newline");
  const lines = block.slice(0, -1).split("\n");
  if (lines.length > mostSignatures) {
    throw new Refusal("invalid", `A note has at most ${mostSignatures} signatures, this one has ${lines.length}`);
  }
  return lines.map((line) => {
    const [dash, name = "", encoded = "", ...more] = line.split(" ");
    const bytes = strictBase64(encoded);
    if (dash !== "—" || !isKeyName(name) || !bytes || bytes.length < 5 || more.length > 0) {
      throw new Refusal("invalid", `"${line}" is not a signature: it should read "— name base64"`);
    }
    return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
}

function assertNoteText(text: string): void {
  const isClean = text.isWellFormed() && !/[^\P{Cc}\n]/u.test(text);
  if (!text.endsWith("\n") || !isClean) {
    throw new Refusal("invalid", "The text of a note ends with a newline and has no other control characters");
  }
}

function keyMaterial(name: string, hash: string, material: string): Buffer {
  assertKeyName(name);
  const bytes = strictBase64(material);
  if (!/^[0-9a-f]{8}$/.test(hash) || bytes?.length !== 33 || bytes[0] !== ed25519) {
    throw new Refusal("invalid", `The key of ${name} cannot be read: it should be an Ed25519 key, "name+hash+base64"`);
  }
  return bytes.subarray(1);
}

function assertKeyId(hash: string, id: Buffer): Buffer {
  if (id.toString("hex") !== hash)
    throw new Refusal("invalid", `The key's hash is ${hash}, its name and bytes give another`);
  return id;
}

function assertKeyName(name: string): void {
  if (!isKeyName(name)) throw new Refusal("invalid", "The name of a key is not empty and has no spaces and no +");
}

function isKeyName(name: string): boolean {
  return name !== "" && name.isWellFormed() && !/[\s+\p{Cc}]/u.test(name);
}

function keyId(name: string, publicKey: KeyObject): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), typed(rawPublicKey(publicKey))])).subarray(0, 4);
}

function typed(key: Buffer): Buffer {
  return Buffer.concat([Buffer.of(ed25519), key]);
}

function rawPublicKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: "der", type: "spki" }).subarray(-32);
}

/** Standard base64 with padding (RFC 4648 §4), `undefined` for anything that would not be spelled so. */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}
