"use client";

import { useState } from "react";
import { ROLE_WORDS } from "#components/accounts/role-words.ts";
import { Field } from "#components/ui/field.tsx";
import { type Choice, NativeSelect } from "#components/ui/input.tsx";
import { PERSON_ROLES, ROLES, type Role } from "#lib/access/permissions.ts";

export type SystemChoice = {
  readonly slug: string;
  readonly name: string;
  readonly environments: readonly Choice[];
};

/** Which role, and how far it reaches. */
export function ReachFields({
  systems,
  isOptional = false,
  forMachine = false,
}: {
  readonly systems: readonly SystemChoice[];
  readonly isOptional?: boolean;
  /** Whether it is for a token: machines have roles of their own. */
  readonly forMachine?: boolean;
}) {
  const [system, setSystem] = useState("");
  const [role, setRole] = useState("");
  const roles: readonly Role[] = forMachine ? ROLES : PERSON_ROLES;
  const chosen = roles.find((one) => one === role);
  const environments = systems.find(({ slug }) => slug === system)?.environments ?? [];
  return (
    <>
      <Field
        label="Role"
        name="role"
        required={!isOptional}
        optional={isOptional}
        hint={chosen ? ROLE_WORDS[chosen].hint : "What it may do is said here once it is chosen"}
      >
        <NativeSelect
          options={roles.map((one) => ({ value: one, label: ROLE_WORDS[one].label }))}
          placeholder={isOptional ? "No role yet" : "Choose a role…"}
          onChange={(event) => setRole(event.target.value)}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="System" name="system">
          <NativeSelect
            placeholder="Everywhere"
            value={system}
            onChange={(event) => setSystem(event.target.value)}
            options={systems.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Field>
        <Field label="Environment" name="environment">
          <NativeSelect key={system} placeholder="All of them" disabled={system === ""} options={environments} />
        </Field>
      </div>
    </>
  );
}
