import { randomBytes } from "node:crypto";
import { grantRole } from "#lib/accounts/commands/grants.ts";
import { addMember, createGroup } from "#lib/accounts/commands/groups.ts";
import { deactivatePerson } from "#lib/accounts/commands/people.ts";
import { startSession } from "#lib/accounts/commands/sessions.ts";
import { createToken } from "#lib/accounts/commands/tokens.ts";
import { saveView } from "#lib/accounts/commands/views.ts";
import { aPerson } from "#lib/accounts/testing.ts";
import type { Cases } from "#lib/api/testing/cases.ts";
import { newId } from "#lib/kernel/id.ts";
import { database } from "#lib/platform/db.ts";
import { plumbline } from "#lib/reviews/jobs.ts";

const unique = (prefix: string) => `${prefix}-${randomBytes(4).toString("hex")}`;
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const password = "correct horse battery staple";

async function aGroup(boss: Parameters<typeof createGroup>[0]): Promise<string> {
  const slug = unique("group");
  await createGroup(boss, { slug, name: slug });
  return slug;
}

async function revisionOf(personId: string): Promise<number> {
  return (await database().person.findUniqueOrThrow({ where: { id: personId } })).revision;
}

/** People, groups, roles, sessions, tokens, views and the log itself. */
export const organisationCases: Cases = {
  "person.admit": async () => ({
    by: plumbline("sign-in", new Date()),
    input: {
      issuer: "https://id.example.org",
      subject: unique("s"),
      email: `${unique("p")}@example.org`,
      isVerified: true,
      name: "New",
    },
  }),
  "person.create": async ({ boss }) => ({
    by: boss,
    input: { email: `${unique("p")}@example.org`, name: "New", password },
  }),
  "person.rename": async ({ boss, ada }) => ({ by: boss, input: { personId: ada.id, name: "Ada L." } }),
  "person.deactivate": async ({ boss }) => ({ by: boss, input: { personId: (await aPerson()).id } }),
  "person.reactivate": async ({ boss }) => {
    const { id } = await aPerson();
    await deactivatePerson(boss, { personId: id, revision: await revisionOf(id) });
    return { by: boss, input: { personId: id } };
  },
  "person.change-password": async () => {
    const by = await aPerson({ password });
    return { by, input: { current: password, password: `${password} again` } };
  },
  "person.reset-password": async ({ boss, ada }) => ({ by: boss, input: { personId: ada.id, password } }),
  "role.grant": async ({ boss, ada }) => ({ by: boss, input: { role: "auditor", personId: ada.id } }),
  "role.revoke": async ({ boss }) => {
    const { id } = await aPerson();
    await grantRole(boss, { role: "auditor", personId: id });
    const grant = await database().roleGrant.findFirstOrThrow({ where: { personId: id, role: "auditor" } });
    return { by: boss, input: { grantId: grant.id } };
  },
  "group.create": async ({ boss }) => ({ by: boss, input: { slug: unique("group"), name: "Group" } }),
  "group.rename": async ({ boss }) => ({ by: boss, input: { group: await aGroup(boss), name: "Other" } }),
  "group.add-member": async ({ boss, ada }) => ({ by: boss, input: { group: await aGroup(boss), personId: ada.id } }),
  "group.remove-member": async ({ boss, ada }) => {
    const group = await aGroup(boss);
    await addMember(boss, { group, personId: ada.id });
    return { by: boss, input: { group, personId: ada.id } };
  },
  "session.start": async ({ ada }) => ({ by: ada, input: { method: "password" } }),
  "session.refuse": async ({ ada }) => ({ by: ada, input: { account: "nobody@example.org", method: "password" } }),
  "session.end": async ({ ada }) => {
    const { sessionId } = await startSession(ada, { method: "password" });
    return { by: ada, input: { sessionId } };
  },
  "session.end-all": async ({ ada }) => {
    await startSession(ada, { method: "password" });
    return { by: ada, input: {} };
  },
  "session.end-of-person": async ({ boss, ada }) => {
    await startSession(ada, { method: "password" });
    return { by: boss, input: { personId: ada.id } };
  },
  "token.create": async ({ boss }) => ({ by: boss, input: { name: "CI", role: "author", days: 30 } }),
  "token.revoke": async ({ boss }) => {
    const { id } = await createToken(boss, { name: "CI", role: "author", days: 30 });
    return { by: boss, input: { tokenId: id } };
  },
  "view.save": async ({ ada }) => ({ by: ada, input: { page: "/audit", name: unique("view"), query: "actor=x" } }),
  "view.forget": async ({ ada }) => {
    const { id } = await saveView(ada, { page: "/audit", name: unique("view"), query: "actor=x" });
    return { by: ada, input: { viewId: id } };
  },
  "notification.read": async ({ ada, boss }) => {
    const id = newId();
    const note = { id, personId: ada.id, kind: "test", text: "Read me", href: "/", createdAt: new Date() };
    await database().$transaction(async (tx) => {
      await tx.notification.create({ data: note });
      await tx.auditEvent.create({
        data: {
          ...{ occurredAt: new Date(), actorKind: "person", actorId: boss.id, actorName: boss.name, channel: "script" },
          ...{ command: "test", action: "test.noted", subjectType: "test", subjectId: "1", summary: "Noted" },
          ...{ detail: {}, canonical: "{}", leafHash: Buffer.alloc(32) },
        },
      });
    });
    return { by: ada, input: { notificationId: id } };
  },
  "audit.export": async ({ boss }) => ({ by: boss, input: { format: "csv" } }),
  "audit.export-log": async ({ boss }) => ({ by: boss, input: {} }),
  "audit.request-check": async ({ boss }) => ({ by: boss, input: {} }),
  "audit.record-check": async ({ boss }) => ({ by: boss, input: { checked: 1, misfit: null } }),
  "freeze.define": async ({ boss }) => ({ by: boss, input: aWindow() }),
  "freeze.change": async ({ boss, freezeWindow }) => {
    const window = await freezeWindow();
    return { by: boss, input: { ...aWindow(), name: "Longer", ...window } };
  },
  "freeze.remove": async ({ boss, freezeWindow }) => {
    const window = await freezeWindow();
    return { by: boss, input: { ...window, reason: "No longer needed here" } };
  },
};

export function aWindow() {
  return {
    name: unique("window"),
    kind: "deny",
    cron: "0 18 * * 5",
    durationMinutes: 60,
    timeZone: "UTC",
    environments: ["nowhere"],
    reason: "Quiet on Friday evenings",
    endsAt: inHours(48),
  };
}
