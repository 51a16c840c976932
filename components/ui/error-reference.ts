/** The reference under which the server's log has what went wrong; null when it happened in the browser. */
export function errorReference(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
