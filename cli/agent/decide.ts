/** What a file holds: a document, nothing that can be read, or it is not there. */
export type There =
  | { readonly kind: "document"; readonly digest: string }
  | { readonly kind: "unreadable" }
  | { readonly kind: "missing" };

/** leave: it is as declared · keep: it is not, and stays so, because nobody asked to replace it · write */
export type Decision =
  | { readonly kind: "leave" }
  | { readonly kind: "keep" }
  | { readonly kind: "write"; readonly replacesEdit: boolean };

/**
 * Whether to write a file. `written`: the digest that the agent wrote last, null: it never did; `declared`: the digest
 * that it is given now. An edit is replaced only by something that the agent has not written before.
 */
export function decide(facts: {
  readonly there: There;
  readonly written: string | null;
  readonly declared: string;
  readonly isStart: boolean;
}): Decision {
  const { there, written, declared, isStart } = facts;
  if (there.kind === "document" && there.digest === declared) return { kind: "leave" };
  if (there.kind === "missing" && (isStart || written !== declared)) return { kind: "write", replacesEdit: false };
  if (written === declared) return { kind: "keep" };
  return { kind: "write", replacesEdit: there.kind !== "document" || there.digest !== written };
}
