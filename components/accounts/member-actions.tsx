"use client";

import { RenameDialog } from "#components/accounts/rename-dialog.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** What an administrator can do about a person. */
export function MemberActions({
  person,
  isOneself,
  rename,
  resetPassword,
  endSessions,
  deactivate,
  reactivate,
}: {
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly isActive: boolean;
    readonly revision: number;
    readonly liveSessions: number;
  };
  readonly isOneself: boolean;
  readonly rename: FormAction;
  readonly resetPassword: FormAction;
  readonly endSessions: FormAction;
  readonly deactivate: FormAction;
  readonly reactivate: FormAction;
}) {
  const hidden = { personId: person.id };
  const seen = { ...hidden, revision: String(person.revision) };
  if (!person.isActive) {
    return (
      <ConfirmDialog
        trigger={{ label: "Reactivate" }}
        title={`Reactivate ${person.name}?`}
        description="They can sign in again, with the roles shown here."
        confirmLabel="Reactivate"
        isDangerous={false}
        action={reactivate}
        hidden={seen}
      />
    );
  }
  return (
    <>
      <RenameDialog name={person.name} hidden={seen} action={rename} />
      <ConfirmDialog
        trigger={{ label: "Set password" }}
        title={`Set a new password for ${person.name}`}
        description="Tell it to them in a safe way; they can change it themselves. All their sessions end."
        confirmLabel="Set password"
        isDangerous={false}
        action={resetPassword}
        hidden={hidden}
      >
        <Field label="New password" name="password" hint="At least 12 characters." required>
          <Input type="text" mono autoComplete="off" spellCheck={false} minLength={12} />
        </Field>
      </ConfirmDialog>
      {person.liveSessions > 0 ? (
        <ConfirmDialog
          trigger={{ label: "End sessions" }}
          title={`End all sessions of ${person.name}?`}
          description="They are signed out at once and can sign in again."
          confirmLabel="End sessions"
          action={endSessions}
          hidden={hidden}
        />
      ) : null}
      {isOneself ? null : (
        <ConfirmDialog
          trigger={{ label: "Deactivate", variant: "danger" }}
          title={`Deactivate ${person.name}?`}
          description="Their sessions and tokens end at once. Their name stays wherever they acted, and they can be reactivated."
          confirmLabel="Deactivate"
          action={deactivate}
          hidden={seen}
        >
          <Field label="Reason" name="reason" optional>
            <Input autoComplete="off" />
          </Field>
        </ConfirmDialog>
      )}
    </>
  );
}
