"use client";

import { type FormEvent, useRef, useState } from "react";
import { signInProblem } from "#components/accounts/sign-in-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { Spinner } from "#components/ui/spinner.tsx";

export type DemoAccount = { readonly name: string; readonly email: string; readonly roles: readonly string[] };

/** Resolves to an error code, or to null when the person is signed in. */
export type PasswordSignIn = (email: string, password: string) => Promise<string | null>;

type Props = {
  /** An error code of an earlier attempt. */
  readonly error?: string;
  /** What the company's sign-in is called; null: there is none. */
  readonly company: string | null;
  readonly demo: readonly DemoAccount[] | null;
  readonly withPassword: PasswordSignIn;
  readonly withCompany: () => Promise<string | null>;
  readonly onSignedIn: () => void;
};

/** E-mail and password, the company's sign-in where there is one, and who is who in the demo organisation. */
export function SignInCard({ error, company, demo, withPassword, withCompany, onSignedIn }: Props) {
  const [problem, setProblem] = useState(signInProblem(error));
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function attempt(work: () => Promise<string | null>, then: () => void): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    const code = await work();
    if (code === null) return then();
    setBusy(false);
    setProblem(signInProblem(code));
    form.current?.querySelector<HTMLInputElement>("[name=password]")?.select();
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (isBusy) return;
    const data = new FormData(event.currentTarget);
    void attempt(() => withPassword(String(data.get("email")), String(data.get("password"))), onSignedIn);
  }

  function choose(email: string): void {
    const fields = form.current?.elements;
    const address = fields?.namedItem("email");
    const password = fields?.namedItem("password");
    if (address instanceof HTMLInputElement) address.value = email;
    if (password instanceof HTMLInputElement) password.focus();
  }

  return (
    <>
      <form ref={form} method="post" onSubmit={submit} className="grid gap-4" aria-label="Sign in">
        <FormError>{problem}</FormError>
        <Field label="E-mail" name="email" required>
          <Input type="email" autoComplete="username" autoFocus spellCheck={false} className="h-10" />
        </Field>
        <Field label="Password" name="password" required>
          <Input type="password" autoComplete="current-password" className="h-10" />
        </Field>
        <Button type="submit" variant="primary" className="h-10 w-full" aria-disabled={isBusy || undefined}>
          {isBusy ? <Spinner /> : null}
          Sign in
        </Button>
      </form>
      {company === null ? null : (
        <div className="mt-4 grid gap-4">
          <p className="flex items-center gap-3 text-xs text-muted before:h-px before:grow before:bg-border after:h-px after:grow after:bg-border">
            or
          </p>
          <Button className="h-10 w-full" disabled={isBusy} onClick={() => void attempt(withCompany, () => {})}>
            {company}
          </Button>
        </div>
      )}
      {demo === null ? null : <DemoAccounts people={demo} onChoose={choose} />}
    </>
  );
}

function DemoAccounts({
  people,
  onChoose,
}: {
  readonly people: readonly DemoAccount[];
  readonly onChoose: (email: string) => void;
}) {
  return (
    <section aria-labelledby="demo-people" className="mt-6 border-t border-border pt-4">
      <h2 id="demo-people" className="text-sm font-medium">
        The demo organisation
      </h2>
      <p className="mt-0.5 text-xs text-pretty text-muted">
        Choose who to be. The password is in the terminal that started Plumbline.
      </p>
      <ul className="-mx-2 mt-2 grid">
        {people.map((person) => (
          <li key={person.email}>
            <button
              type="button"
              onClick={() => onChoose(person.email)}
              className="tap flex min-h-8 w-full flex-wrap items-baseline gap-x-2 rounded-md px-2 py-1 text-left text-sm hover:bg-hover"
            >
              <span className="font-medium">{person.name}</span>
              <span className="ml-auto text-xs text-muted">{person.roles.join(", ")}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
