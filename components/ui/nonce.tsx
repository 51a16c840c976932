"use client";

import { createContext, type ReactNode, use } from "react";

const NonceContext = createContext<string | undefined>(undefined);

export function NonceProvider({ nonce, children }: { readonly nonce?: string; readonly children: ReactNode }) {
  return <NonceContext value={nonce}>{children}</NonceContext>;
}

/** The page's nonce, for libraries that insert style elements of their own. */
export function useNonce(): string | undefined {
  return use(NonceContext);
}
