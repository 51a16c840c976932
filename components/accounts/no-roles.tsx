import { KeyRound } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What someone sees who may sign in and nothing else yet. */
export function NoRoles({ email }: { readonly email: string }) {
  return (
    <EmptyState title="You have no role yet" icon={KeyRound} level={1}>
      You are signed in as {email}, but nobody has said what you may see. Ask an administrator for a role, for example
      viewer of the system that you work on; then sign in again.
    </EmptyState>
  );
}
