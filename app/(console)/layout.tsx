import { Shell } from "#components/shell/shell.tsx";
import { requireSession } from "#lib/accounts/session.ts";
import { signOut } from "./sign-out.ts";

/** Everything that the frame shows of this person, read in one place. */
async function frame() {
  const { actor, email } = await requireSession();
  const roles = [...new Set(actor.grants.map((grant) => grant.role))].join(", ");
  return { person: { name: actor.name, email, roles }, counts: {} };
}

export default async function ConsoleLayout({ children }: LayoutProps<"/">) {
  const { person, counts } = await frame();
  return (
    <Shell person={person} counts={counts} signOut={signOut}>
      {children}
    </Shell>
  );
}
