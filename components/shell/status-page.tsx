import type { ReactNode } from "react";
import { Logo } from "#components/shell/logo.tsx";

type Status = {
  readonly code: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
};

/** Says why there is nothing else: what happened, what it means, where to go. */
export function StatusCard({ code, title, children, actions }: Status) {
  return (
    <div className="mx-auto w-full max-w-md rounded-lg border border-border bg-surface p-6">
      <p className="font-mono text-xs text-muted">{code}</p>
      <h1 className="mt-1 text-xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-2 grid gap-2 text-sm text-muted">{children}</div>
      {actions ? <div className="mt-5 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}

/** The same as a whole page. It needs nothing around it: it also stands where the layout itself broke. */
export function StatusPage(status: Status) {
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-8 px-6 py-16">
      <a href="/" className="rounded-md">
        <Logo />
      </a>
      <StatusCard {...status} />
    </main>
  );
}
