/** The first 12 hexadecimal digits of a digest, with or without its `sha256:`: enough for people to tell two apart. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, "").slice(0, 12);
}
