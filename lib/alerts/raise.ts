import type { Actor } from "#lib/access/actor.ts";
import { may } from "#lib/access/may.ts";
import { actorOfRow, actorSelect } from "#lib/accounts/actors.ts";
import type { Outcome } from "#lib/command.ts";
import { newId } from "#lib/kernel/id.ts";
import type { Tx } from "#lib/platform/db.ts";
import { currentRules } from "#lib/systems/store.ts";
import { ALERT_PARCEL, laneOf, type NewAlert, type ToldWhom } from "./model.ts";
import { CONCERNED, holdsRole, isWanted } from "./rules.ts";

export type Raised = Required<Pick<Outcome<unknown>, "outbox" | "notify">> & { readonly told: ToldWhom };

/**
 * Writes the alert down, once for each key, and answers what the command has to give on: to the channels that want it,
 * and to the inboxes of the people whom it concerns, with the names of both for the log. A repeat of a key answers
 * nothing.
 */
export async function raiseAlert(tx: Tx, alert: NewAlert, now: Date): Promise<Raised> {
  const { people: _, owners: __, by: ___, ...row } = alert;
  const id = newId(now);
  const { count } = await tx.alert.createMany({ data: [{ ...row, id, createdAt: now }], skipDuplicates: true });
  if (count === 0) return { outbox: [], notify: [], told: { people: [], channels: [] } };
  const all = await tx.alertChannel.findMany({ where: { disabledAt: null }, orderBy: { id: "asc" } });
  const channels = all.filter((channel) => isWanted(channel, alert));
  const people = await concernedBy(tx, alert, now);
  const text = inboxText(alert);
  return {
    outbox: channels.map((channel) => ({
      topic: ALERT_PARCEL,
      payload: { alertId: id, channelId: channel.id },
      lane: laneOf(channel.id),
    })),
    notify: people.map((person) => ({ personId: person.id, kind: `alert.${alert.topic}`, text, href: alert.href })),
    told: { people: people.map(({ name }) => name), channels: channels.map(({ name }) => name) },
  };
}

/** Title and text as one; a title that was cut short goes on where the text says the same. */
function inboxText({ title, text }: Pick<NewAlert, "title" | "text">): string {
  if (text === "") return title;
  const at = title.indexOf(": ") + 2;
  const isContinued = title.endsWith("…") && at > 1 && text.startsWith(title.slice(at, -1));
  return isContinued ? `${title.slice(0, at)}${text}` : `${title}. ${text}`;
}

/**
 * The people to tell, each once: nobody who has left, may not read the system, or caused it. Where there is
 * nobody whom it concerns, the administrators, because somebody has to know.
 */
async function concernedBy(tx: Tx, alert: NewAlert, now: Date): Promise<readonly Actor[]> {
  const { roles, owners } = CONCERNED[alert.topic];
  const groups = owners ? (alert.owners ?? (await parameterOwners(tx, alert.systemId))) : [];
  const rows = await tx.person.findMany({
    where: { deactivatedAt: null },
    select: actorSelect,
    orderBy: { id: "asc" },
  });
  const readers = rows
    .map((row) => actorOfRow(row, { channel: "job", now }))
    .filter((person) => may(person, "system:read", { systemId: alert.systemId }));
  const concerned = readers.filter(
    (person) =>
      holdsRole(person.grants, roles, alert) ||
      person.groups.some((group) => groups.includes(group)) ||
      alert.people?.includes(person.id),
  );
  const told =
    concerned.length > 0 ? concerned : readers.filter(({ grants }) => holdsRole(grants, ["administrator"], alert));
  return told.filter(({ id }) => id !== alert.by);
}

async function parameterOwners(tx: Tx, systemId: string): Promise<readonly string[]> {
  const { rules } = await currentRules(tx, systemId);
  return [...new Set(rules.parameters.map((parameter) => parameter.owner))];
}
