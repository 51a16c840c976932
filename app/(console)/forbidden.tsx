import type { Metadata } from "next";
import { StatusCard } from "#components/shell/status-page.tsx";
import { LinkButton } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Not permitted" };

export default function Forbidden() {
  return (
    <StatusCard
      code="403"
      title="You may not see this page"
      actions={
        <LinkButton href="/" variant="primary">
          Go to the overview
        </LinkButton>
      }
    >
      <p>You are signed in, but none of your roles reaches here. An administrator can grant one that does.</p>
    </StatusCard>
  );
}
