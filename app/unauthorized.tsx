import type { Metadata } from "next";
import { StatusPage } from "#components/shell/status-page.tsx";
import { LinkButton } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Sign in first" };

export default function Unauthorized() {
  return (
    <StatusPage
      code="401"
      title="Sign in first"
      actions={
        <LinkButton href="/sign-in" variant="primary">
          Sign in
        </LinkButton>
      }
    >
      <p>Nobody is signed in here, or the session has ended. Nothing was changed.</p>
    </StatusPage>
  );
}
