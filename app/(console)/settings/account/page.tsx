import type { Metadata } from "next";
import { AccountForms } from "#components/accounts/account-forms.tsx";
import { GrantList } from "#components/accounts/grant-list.tsx";
import { KeysSwitch } from "#components/accounts/keys-switch.tsx";
import { SessionList } from "#components/accounts/session-list.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { showMe } from "#lib/accounts/queries/people.ts";
import { requireSession } from "#lib/accounts/session.ts";
import { changeMyPassword, endMySession, renameMyself, signOutEverywhere } from "./actions.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const { actor, sessionId } = await requireSession();
  const me = await showMe(actor, {});
  return (
    <>
      <PageHeader title="Your account" meta={me.email} />
      <div className="grid max-w-3xl gap-5">
        <AccountForms
          name={me.name}
          revision={me.revision}
          hasPassword={me.hasPassword}
          rename={renameMyself}
          changePassword={changeMyPassword}
        />
        <Card labelledBy="roles">
          <CardHeader
            title="Roles and groups"
            titleId="roles"
            description="What you may do, and where. Administrators change this."
          />
          <CardBody>
            <GrantList grants={me.grants} empty="You hold no role of your own." />
            <div className="mt-3 flex flex-wrap items-center gap-1.5 text-sm">
              <span className="text-muted">Groups:</span>
              {me.groups.length === 0 ? <span className="text-muted">none</span> : null}
              {me.groups.map((group) => (
                <Badge key={group.slug}>{group.name}</Badge>
              ))}
            </div>
          </CardBody>
        </Card>
        <SessionList
          sessions={me.sessions}
          currentId={sessionId}
          now={new Date()}
          end={endMySession}
          endAll={signOutEverywhere}
        />
        <Card labelledBy="keys">
          <CardHeader title="Keyboard" titleId="keys" />
          <CardBody>
            <KeysSwitch />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
