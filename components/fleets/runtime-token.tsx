"use client";

import { KeyRound } from "lucide-react";
import dynamic from "next/dynamic";
import type { TokenAnswer } from "#components/accounts/new-token-dialog.tsx";
import { DialogButton } from "#components/ui/dialog-button.tsx";

const TokenDialog = dynamic(() => import("#components/fleets/runtime-token-dialog.tsx"), { ssr: false });

/** Makes a token for the runtimes of one environment. */
export function RuntimeToken({
  system,
  environment,
  make,
}: {
  readonly system: string;
  readonly environment: { readonly slug: string; readonly name: string };
  readonly make: (form: FormData) => Promise<TokenAnswer>;
}) {
  return (
    <DialogButton
      variant="primary"
      label={
        <>
          <KeyRound aria-hidden />
          Make a token
        </>
      }
    >
      {(control) => <TokenDialog {...control} system={system} environment={environment} make={make} />}
    </DialogButton>
  );
}
