"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { LocalTimes } from "#components/ui/local-times.tsx";
import { NonceProvider } from "#components/ui/nonce.tsx";
import { ToastProvider } from "#components/ui/toast.tsx";

/** What every page stands on. `nonce` is the one of the page's content security policy. */
export function Providers({ nonce, children }: { readonly nonce?: string; readonly children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" disableTransitionOnChange nonce={nonce}>
      <CSPProvider nonce={nonce}>
        <NonceProvider nonce={nonce}>
          <ToastProvider>{children}</ToastProvider>
          <LocalTimes />
        </NonceProvider>
      </CSPProvider>
    </ThemeProvider>
  );
}
