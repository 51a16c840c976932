import { ActionForm } from "#components/ui/action-form.tsx";
import type { FormAction } from "#components/ui/action-state.ts";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { type Choice, NativeSelect } from "#components/ui/input.tsx";
import { TextLink } from "#components/ui/link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

/** The groups of a person, each with its way out, and the way into others. */
export function GroupMemberships({
  personId,
  memberships,
  groups,
  mayManage,
  join,
  leave,
}: {
  readonly personId: string;
  readonly memberships: readonly { readonly slug: string; readonly name: string }[];
  readonly groups: readonly Choice[];
  readonly mayManage: boolean;
  readonly join: FormAction;
  readonly leave: FormAction;
}) {
  const others = groups.filter(({ value }) => !memberships.some(({ slug }) => slug === value));
  return (
    <Card labelledBy="groups">
      <CardHeader title="Groups" titleId="groups" />
      <CardBody>
        {memberships.length === 0 ? <p className="text-sm text-muted">In no group.</p> : null}
        <ul className="grid gap-1.5">
          {memberships.map((group) => (
            <li key={group.slug} className="flex min-h-8 items-center gap-3 text-sm">
              <TextLink quiet href={`/settings/groups/${group.slug}`}>
                {group.name}
              </TextLink>
              {mayManage ? (
                <ActionForm
                  action={leave}
                  hidden={{ personId, group: group.slug }}
                  className="ml-auto"
                  label={`Remove from ${group.name}`}
                >
                  <SubmitButton variant="ghost" size="sm">
                    Remove<span className="sr-only"> from {group.name}</span>
                  </SubmitButton>
                </ActionForm>
              ) : null}
            </li>
          ))}
        </ul>
        {mayManage && others.length > 0 ? (
          <ActionForm
            action={join}
            hidden={{ personId }}
            resetOnDone
            className="mt-4 flex flex-wrap items-end gap-3"
            label="Add to a group"
          >
            <div className="basis-60">
              <Field label="Add to a group" name="group" required>
                <NativeSelect options={others} placeholder="Choose…" />
              </Field>
            </div>
            <SubmitButton variant="secondary">Add</SubmitButton>
          </ActionForm>
        ) : null}
      </CardBody>
    </Card>
  );
}
