import { NoRoles } from "#components/accounts/no-roles.tsx";
import { PatchBanner } from "#components/hot-patches/banner/patch-banner.tsx";
import { FilingOutbox } from "#components/hot-patches/file/filing-outbox.tsx";
import { InboxButton } from "#components/shell/inbox-button.tsx";
import { PAGES } from "#components/shell/navigation.ts";
import { Shell } from "#components/shell/shell.tsx";
import { mayAnywhere } from "#lib/access/may.ts";
import { requireSession } from "#lib/accounts/session.ts";
import { showFrame } from "#lib/insights/frame.ts";
import { find } from "./search.ts";
import { signOut } from "./sign-out.ts";

export default async function ConsoleLayout({ children }: LayoutProps<"/">) {
  const { actor, email } = await requireSession();
  const { toReview, unread, openFindings, openHotPatches, hotPatches, mayAudit, now } = await showFrame(actor, {});
  const roles = [...new Set(actor.grants.map((grant) => grant.role))].join(", ");
  return (
    <Shell
      person={{ name: actor.name, email, roles }}
      counts={{ changes: toReview, drift: openFindings, "hot-patches": openHotPatches }}
      pages={PAGES.map((page) => page.id).filter((id) => id !== "audit" || mayAudit)}
      search={find}
      inbox={<InboxButton count={unread} href="/inbox" />}
      signOut={signOut}
      banner={mayAnywhere(actor, "system:read") ? <PatchBanner patches={hotPatches} now={now} /> : null}
    >
      {mayAnywhere(actor, "hot-patch:file") ? <FilingOutbox personId={actor.id} /> : null}
      {actor.grants.length === 0 ? <NoRoles email={email} /> : children}
    </Shell>
  );
}
