import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { Time } from "#components/ui/time.tsx";

export type ShownSession = {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastSeenAt: Date;
};

/** Where one is signed in, and the way to end each. */
export function SessionList({
  sessions,
  currentId,
  now,
  end,
  endAll,
}: {
  readonly sessions: readonly ShownSession[];
  readonly currentId: string;
  readonly now: Date;
  readonly end: FormAction;
  readonly endAll: FormAction;
}) {
  return (
    <Card labelledBy="sessions">
      <CardHeader
        title="Sessions"
        titleId="sessions"
        description="A session ends after two hours without use, and after twelve hours in any case."
        actions={
          <ConfirmDialog
            trigger={{ label: "Sign out everywhere", size: "sm" }}
            title="Sign out everywhere?"
            description="All your sessions end at once, this one too."
            confirmLabel="Sign out everywhere"
            action={endAll}
          />
        }
      />
      <ul className="divide-y divide-border">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            <span className="grow">
              Began <Time at={session.createdAt} precision="minute" />
              <span className="text-muted">
                , used <Time at={session.lastSeenAt} now={now} show="relative" />
              </span>
            </span>
            {session.id === currentId ? (
              <Badge tone="accent">This session</Badge>
            ) : (
              <ActionForm action={end} hidden={{ sessionId: session.id }} label={`End session ${session.id}`}>
                <SubmitButton variant="secondary" size="sm">
                  End
                </SubmitButton>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
