"use client";

import { type DemoAccount, SignInCard } from "#components/accounts/sign-in-card.tsx";
import { signInWithCompany, signInWithPassword } from "./auth-client.ts";

/** Connects the card to the sign-in's endpoints, and leaves for where the person wanted to go. */
export function SignIn({
  callbackUrl,
  ...card
}: {
  readonly callbackUrl: string;
  readonly error?: string;
  readonly company: string | null;
  readonly demo: readonly DemoAccount[] | null;
}) {
  return (
    <SignInCard
      {...card}
      withPassword={signInWithPassword}
      withCompany={() => signInWithCompany(callbackUrl)}
      // A whole new page: nothing that was read for someone else stays.
      onSignedIn={() => location.assign(callbackUrl)}
    />
  );
}
