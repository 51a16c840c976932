import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LogoMark } from "#components/shell/logo.tsx";
import { toRoute } from "#components/ui/route.ts";
import { companySignIn } from "#lib/accounts/auth-options.ts";
import { demoPeople } from "#lib/accounts/demo.ts";
import { safeCallback } from "#lib/accounts/rules.ts";
import { currentActor } from "#lib/accounts/session.ts";
import { SignIn } from "./sign-in.tsx";

export const metadata: Metadata = { title: "Sign in" };

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const [params, actor, demo] = await Promise.all([searchParams, currentActor(), demoPeople()]);
  const callbackUrl = safeCallback(single(params.callbackUrl));
  if (actor) redirect(toRoute(callbackUrl));
  return (
    <main className="grid min-h-dvh content-center justify-items-center px-4 py-12">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex flex-col items-center text-center">
          <LogoMark className="size-9 text-link" />
          <h1 className="mt-3 text-xl font-semibold tracking-tight">Sign in to Plumbline</h1>
          <p className="mt-1 text-sm text-balance text-muted">
            Is production running the configuration that was reviewed and tested?
          </p>
        </div>
        <div className="rounded-lg border border-border bg-surface p-6">
          <SignIn callbackUrl={callbackUrl} error={single(params.error)} company={companySignIn()} demo={demo} />
        </div>
      </div>
    </main>
  );
}
