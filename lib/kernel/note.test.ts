import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { generateNoteKey, parseVerifierKey, signNote, verifierKeyOf, verifyNote } from "./note.ts";
import { Refusal } from "./refusal.ts";

// The example of C2SP signed-note.
const example = {
  vkey: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
  note: "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
};
// The example of Go's package sumdb/note, with the second signature of its tests.
const skey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const secondVkey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const signature =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const secondSignature =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const note = `${text}\n${signature}`;

describe("published notes", () => {
  test("verify", () => {
    expect(verifyNote(example.note, [example.vkey])).toEqual({
      text: "This is an example message.\n",
      signedBy: ["example.com/foo"],
    });
    expect(verifyNote(`${note}${secondSignature}`, [secondVkey, vkey])).toEqual({
      text,
      signedBy: ["PeterNeumann", "EnochRoot"],
    });
  });

  test("are signed to the same bytes", () => {
    expect(signNote(text, skey)).toBe(note);
    expect(verifierKeyOf(skey)).toBe(vkey);
  });
});

describe("verifying", () => {
  test("ignores signatures of keys that are not known", () => {
    expect(verifyNote(`${note}${secondSignature}`, [vkey]).signedBy).toEqual(["PeterNeumann"]);
    expect(verifyNote(`${text}\n${secondSignature}${signature}`, [vkey]).signedBy).toEqual(["PeterNeumann"]);
  });

  test("names a key once, however often it signed", () => {
    expect(verifyNote(`${note}${signature}`, [vkey]).signedBy).toEqual(["PeterNeumann"]);
  });

  test("takes the last empty line for the end of the text", () => {
    const inner = "one\n\ntwo\n\n— not a signature\n";
    expect(verifyNote(signNote(inner, skey), [vkey]).text).toBe(inner);
  });

  const forged = signature.replace("x08go/ZJ", "x08go/ZK");
  test.each([
    ["a changed text", note.replace("cryptography", "cryptographY"), [vkey]],
    ["one newline more", note.replace("is.\n", "is.\n\n"), [vkey]],
    ["only unknown keys", note, [secondVkey]],
    ["no keys to trust", note, []],
    ["a wrong signature of a known key", `${text}\n${forged}`, [vkey]],
    ["a wrong signature beside a right one", `${text}\n${signature}${forged}`, [vkey]],
    ["another name with the same key", note.replace("— PeterNeumann", "— EnochRoot"), [vkey]],
    ["no signature", text, [vkey]],
    ["no signature after the empty line", `${text}\n`, [vkey]],
    ["no newline at the end", note.slice(0, -1), [vkey]],
    ["a newline too many at the end", `${note}\n`, [vkey]],
    ["a hyphen instead of a dash", note.replace("—", "-"), [vkey]],
    ["a signature that is not base64", note.replace("JnAM=", "JnAM!"), [vkey]],
    ["base64 without padding", note.replace("JnAM=", "JnAM"), [vkey]],
    ["a signature that is too short", `${text}\n— PeterNeumann x08goww=\n`, [vkey]],
    ["a malformed line beside a right one", `${note}— \n`, [vkey]],
    ["more after the signature", note.replace("JnAM=", "JnAM= x"), [vkey]],
    ["a control character", note.replace("problem,", "problem,\t"), [vkey]],
    ["a carriage return", note.replace("problem,\n", "problem,\r\n"), [vkey]],
    ["101 signatures", `${text}\n${signature.repeat(101)}`, [vkey]],
  ])("refuses %s", (_, tampered, keys) => {
    expect(() => verifyNote(tampered, keys)).toThrow(Refusal);
  });

  test("accepts 16 signatures", () => {
    const keys = Array.from({ length: 16 }, (_, i) => generateNoteKey(`witness-${i}`));
    const lines = keys.map((key) => signNote(text, key.skey).slice(text.length + 1));
    const signed = `${text}\n${lines.join("")}`;
    expect(
      verifyNote(
        signed,
        keys.map((key) => key.vkey),
      ).signedBy,
    ).toHaveLength(16);
  });

  test("refuses every single changed bit of a signed note", () => {
    const bytes = Buffer.from(note);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const copy = Buffer.from(bytes);
        copy[at] = (copy[at] ?? 0) ^ (1 << bit);
        expect(() => verifyNote(copy.toString(), [vkey])).toThrow(Refusal);
      }),
      { numRuns: 400 },
    );
  });
});

describe("keys", () => {
  test("that are new sign notes that verify", () => {
    const key = generateNoteKey("plumbline.example/audit");
    expect(verifierKeyOf(key.skey)).toBe(key.vkey);
    expect(parseVerifierKey(key.vkey).name).toBe("plumbline.example/audit");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (line) => {
        const signed = signNote(`${line}\n`, key.skey);
        expect(verifyNote(signed, [key.vkey])).toEqual({ text: `${line}\n`, signedBy: ["plumbline.example/audit"] });
        expect(() => verifyNote(`x${signed}`, [key.vkey])).toThrow(Refusal);
      }),
    );
  });

  test("are refused when any part of them is cut out or changed", () => {
    for (let from = 0; from <= vkey.length; from++) {
      for (let to = from; to <= vkey.length; to++) {
        if (to - from < vkey.length) expect(() => parseVerifierKey(vkey.slice(from, to))).toThrow(Refusal);
      }
    }
    for (let at = 0; at < vkey.length; at++) {
      const next = String.fromCharCode(vkey.charCodeAt(at) + 1);
      expect(() => parseVerifierKey(vkey.slice(0, at) + next + vkey.slice(at + 1))).toThrow(Refusal);
    }
  });

  test.each([
    ["of another algorithm", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["of the wrong length", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
    ["that is secret", skey],
  ])("%s do not verify", (_, key) => {
    expect(() => parseVerifierKey(key)).toThrow(Refusal);
  });

  test("that cannot be read are never repeated in the refusal", () => {
    const broken = skey.replace("c74f20a3", "c74f20a4");
    const attempt = () => signNote(text, broken);
    expect(attempt).toThrow(Refusal);
    expect(attempt).not.toThrow(/AYEKFALV/);
    expect(() => signNote(text, vkey)).toThrow(/PRIVATE\+KEY/);
  });

  test.each([[""], ["two words"], ["a+b"], ["a\nb"], ["a\u00a0b"]])("cannot be named %j", (name) => {
    expect(() => generateNoteKey(name)).toThrow(Refusal);
  });

  test.each([["no newline"], ["a\ttab\n"], [""], ["half \ud800\n"]])("do not sign %j", (unfit) => {
    expect(() => signNote(unfit, skey)).toThrow(Refusal);
  });
});

describe("checkpoints", () => {
  const root = Buffer.from("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", "hex");
  const checkpoint = "plumbline.example/audit\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";

  test("are three lines, and read back as they were", () => {
    expect(formatCheckpoint({ origin: "plumbline.example/audit", size: 8, root })).toBe(checkpoint);
    expect(parseCheckpoint(checkpoint)).toEqual({ origin: "plumbline.example/audit", size: 8, root });
    expect(parseCheckpoint(verifyNote(signNote(checkpoint, skey), [vkey]).text).size).toBe(8);
  });

  test.each([
    ["a line more", `${checkpoint}more\n`],
    ["no newline at the end", checkpoint.slice(0, -1)],
    ["no origin", checkpoint.replace(/^.*/, "")],
    ["a size with a zero before it", checkpoint.replace("\n8\n", "\n08\n")],
    ["a negative size", checkpoint.replace("\n8\n", "\n-8\n")],
    ["a size that is not safe to count with", checkpoint.replace("\n8\n", "\n9007199254740993\n")],
    ["no size", checkpoint.replace("\n8\n", "\n\n")],
    ["a root of 31 bytes", checkpoint.replace(/\n[^\n]*\n$/, `\n${root.subarray(1).toString("base64")}\n`)],
    ["a root that is not base64", checkpoint.replace("Qyg=", "Qyg!")],
    ["nothing", ""],
  ])("refused: %s", (_, unfit) => {
    expect(() => parseCheckpoint(unfit)).toThrow(Refusal);
  });

  test("that could not be read back are not written", () => {
    expect(() => formatCheckpoint({ origin: "two\nlines", size: 8, root })).toThrow(Refusal);
    expect(() => formatCheckpoint({ origin: "log", size: 0.5, root })).toThrow(Refusal);
    expect(() => formatCheckpoint({ origin: "log", size: 8, root: root.subarray(1) })).toThrow(Refusal);
  });
});
