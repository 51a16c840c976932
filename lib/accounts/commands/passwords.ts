import { ChangePassword, ResetPassword } from "#lib/accounts/input.ts";
import { hashPassword, passwordMatches } from "#lib/accounts/password.ts";
import { assertGoodPassword } from "#lib/accounts/rules.ts";
import { changePerson, loadPerson } from "#lib/accounts/store/people.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

/** Changes one's own password. Every session ends, this one too: whoever had the old one is out. */
export const changePassword = command(
  {
    name: "person.change-password",
    may: "anyone",
    on: "everywhere",
    input: ChangePassword,
    summary: "Change one's own password; every session ends",
    http: { method: "PUT", path: "/me/password" },
    holdsSecret: true,
  },
  async ({ tx, actor, input }) => {
    if (actor.kind !== "person") throw new Refusal("forbidden", "Only people have passwords");
    const person = await loadPerson(tx, actor.id);
    if (!(await passwordMatches(input.current, person.passwordHash))) {
      throw new Refusal("invalid", "This is not your current password", {
        fields: { current: ["This is not your current password; an administrator can reset it"] },
      });
    }
    assertGoodPassword(input.password, person);
    await changePerson(tx, person, { passwordHash: await hashPassword(input.password), endsSessions: true });
    return {
      result: { id: person.id },
      audit: [
        {
          action: "person.password_changed",
          subject: { type: "person", id: person.id },
          summary: `${person.name} changed their password`,
        },
      ],
    };
  },
);

/** Gives someone a new initial password. Every session of theirs ends. */
export const resetPassword = command(
  {
    name: "person.reset-password",
    may: "access:manage",
    on: "everywhere",
    input: ResetPassword,
    summary: "Give a person a new password; their sessions end",
    http: { method: "PUT", path: "/people/{personId}/password" },
    holdsSecret: true,
  },
  async ({ tx, input }) => {
    const person = await loadPerson(tx, input.personId);
    assertGoodPassword(input.password, person);
    await changePerson(tx, person, { passwordHash: await hashPassword(input.password), endsSessions: true });
    return {
      result: { id: person.id },
      audit: [
        {
          action: "person.password_reset",
          subject: { type: "person", id: person.id },
          summary: `Reset the password of ${person.name}`,
        },
      ],
    };
  },
);
