import type { Actor } from "#lib/access/actor.ts";
import { NoInput, PersonInput, RefuseSession, SessionInput, StartSession } from "#lib/accounts/input.ts";
import { loadPerson } from "#lib/accounts/store/people.ts";
import { endSessionRows, insertSession } from "#lib/accounts/store/sessions.ts";
import { command } from "#lib/command.ts";
import { Refusal } from "#lib/kernel/refusal.ts";

const ways = { password: "a password", company: "the company's sign-in" } as const;

function assertPerson(actor: Actor): void {
  if (actor.kind !== "person") throw new Refusal("forbidden", "Only people have sessions");
}

/** Begins a session for the actor, whose identity was proven. */
export const startSession = command(
  {
    name: "session.start",
    may: "anyone",
    on: "everywhere",
    input: StartSession,
    summary: "Begin a session for someone whose identity was proven",
  },
  async ({ tx, actor, now, input }) => {
    assertPerson(actor);
    const person = await loadPerson(tx, actor.id);
    if (person.deactivatedAt) throw new Refusal("unauthenticated", "This person cannot sign in");
    const sessionId = await insertSession(tx, person, now);
    return {
      result: { personId: person.id, sessionId, epoch: person.sessionEpoch },
      audit: [
        {
          action: "session.started",
          subject: { type: "person", id: person.id },
          summary: `${person.name} signed in with ${ways[input.method]}`,
          detail: { sessionId, method: input.method },
        },
      ],
    };
  },
);

/** Records an attempt that was refused: what was typed and from where, not whether such an account exists. */
export const refuseSession = command(
  {
    name: "session.refuse",
    may: "anyone",
    on: "everywhere",
    input: RefuseSession,
    summary: "Record a sign-in that was refused",
  },
  async ({ input }) => ({
    result: null,
    audit: [
      {
        action: "session.refused",
        subject: { type: "account", id: input.account },
        summary: `A sign-in as ${input.account} with ${ways[input.method]} was refused`,
        detail: { method: input.method },
      },
    ],
  }),
);

/** Ends one of one's own sessions: whoever holds its cookie is out at once. */
export const endSession = command(
  {
    name: "session.end",
    may: "anyone",
    on: "everywhere",
    input: SessionInput,
    summary: "End one of one's own sessions",
    http: { method: "DELETE", path: "/me/sessions/{sessionId}" },
  },
  async ({ tx, actor, now, input }) => {
    assertPerson(actor);
    const count = await endSessionRows(tx, { personId: actor.id, id: input.sessionId }, now);
    if (count === 0) throw new Refusal("not_found", "You have no such session, or it has ended already");
    return {
      result: { id: input.sessionId },
      audit: [
        {
          action: "session.ended",
          subject: { type: "person", id: actor.id },
          summary: `${actor.name} signed out`,
          detail: { sessionId: input.sessionId },
        },
      ],
    };
  },
);

/** Ends all of one's own sessions. */
export const endAllSessions = command(
  {
    name: "session.end-all",
    may: "anyone",
    on: "everywhere",
    input: NoInput,
    summary: "End all of one's own sessions",
    http: { method: "DELETE", path: "/me/sessions" },
  },
  async ({ tx, actor, now }) => {
    assertPerson(actor);
    const count = await endSessionRows(tx, { personId: actor.id }, now);
    return {
      result: { count },
      audit: [
        {
          action: "session.ended",
          subject: { type: "person", id: actor.id },
          summary: `${actor.name} signed out everywhere`,
          detail: { count },
        },
      ],
    };
  },
);

/** Ends all sessions of someone. */
export const endSessionsOfPerson = command(
  {
    name: "session.end-of-person",
    may: "access:manage",
    on: "everywhere",
    input: PersonInput,
    summary: "End all sessions of a person",
    http: { method: "DELETE", path: "/people/{personId}/sessions" },
  },
  async ({ tx, now, input }) => {
    const person = await loadPerson(tx, input.personId);
    const count = await endSessionRows(tx, { personId: person.id }, now);
    return {
      result: { count },
      audit: [
        {
          action: "session.ended",
          subject: { type: "person", id: person.id },
          summary: `Ended all sessions of ${person.name}`,
          detail: { count },
        },
      ],
    };
  },
);
