import { Refusal } from "#lib/kernel/refusal.ts";

/** Once protected, the rules of a system change only by change request: the rules are governed as well. */
export function assertRulesEditable(system: { readonly name: string; readonly isProtected: boolean }): void {
  if (!system.isProtected) return;
  throw new Refusal("conflict", `${system.name} is protected: propose its new rules in a change request`);
}

export function assertNotProtected(system: { readonly name: string; readonly isProtected: boolean }): void {
  if (system.isProtected) throw new Refusal("conflict", `${system.name} is protected already`);
}
