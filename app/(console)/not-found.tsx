import type { Metadata } from "next";
import { StatusCard } from "#components/shell/status-page.tsx";
import { LinkButton } from "#components/ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

/** In the frame of the console, for what an address within it names and does not find. */
export default function NotFound() {
  return (
    <StatusCard
      code="404"
      title="There is nothing at this address"
      actions={
        <LinkButton href="/" variant="primary">
          Go to the overview
        </LinkButton>
      }
    >
      <p>It was never there, was mistyped, or lies in a system that you may not read.</p>
      <p>Ctrl K finds systems, bundles and change requests by name or number.</p>
    </StatusCard>
  );
}
