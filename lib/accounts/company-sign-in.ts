import { z } from "zod";
import { type Arrival, actorOfPerson } from "#lib/accounts/actors.ts";
import { admitFromCompany } from "#lib/accounts/commands/company.ts";
import { refuseSession, startSession } from "#lib/accounts/commands/sessions.ts";
import { doorActor, type StartedSession } from "#lib/accounts/sign-in.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { database } from "#lib/platform/db.ts";

/** What the company's identity provider says of someone (OpenID Connect Core §5.1). */
export type CompanyProfile = { readonly sub: string } & Readonly<Record<string, unknown>>;

/** The claims of an ID token whose signature, issuer, audience and nonce the library has verified. */
export function claimsOfIdToken(idToken: string): CompanyProfile {
  const payload = Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8");
  return z.looseObject({ sub: z.string().min(1) }).parse(JSON.parse(payload));
}

/**
 * Some providers put e-mail, name and groups into the ID token, others answer them only when asked (§5.4). What the token says
 * wins, and an answer about someone else is none (§5.3.2).
 */
export function mergeClaims(vouched: CompanyProfile, answered: Readonly<Record<string, unknown>>): CompanyProfile {
  return answered.sub === vouched.sub ? { ...answered, ...vouched } : vouched;
}

const Claims = z.object({
  iss: z.string().optional(),
  sub: z.string().min(1),
  email: z.email().max(254),
  email_verified: z.boolean().optional(),
  name: z.string().trim().min(1).max(100).optional(),
  groups: z.array(z.string()).optional(),
});

/**
 * Begins a session for whoever the company vouches for. Newcomers are let in without any role. A `groups` claim, where there
 * is one, is the truth: the person is then in exactly the groups of those slugs.
 * @throws Refusal `unauthenticated` when the claims do not name one person, or that person is deactivated
 */
export async function signInWithCompany(profile: unknown, arrival: Arrival): Promise<StartedSession> {
  const now = arrival.now ?? new Date();
  const claims = Claims.safeParse(profile);
  const account = claims.success ? claims.data.email.toLowerCase() : "someone without an e-mail address";
  try {
    if (!claims.success) throw new Refusal("unauthenticated", "The company's sign-in gave no usable e-mail address");
    const { iss = "", sub, email_verified, name, groups } = claims.data;
    const { personId } = await admitFromCompany(
      doorActor(arrival),
      {
        issuer: iss,
        subject: sub,
        email: account,
        isVerified: email_verified,
        name: name ?? account,
        groups,
      },
      { now },
    );
    const actor = await actorOfPerson(database(), personId, { ...arrival, now });
    return await startSession(actor, { method: "company" }, { now });
  } catch (error) {
    if (error instanceof Refusal) await refuseSession(doorActor(arrival), { account, method: "company" }, { now });
    throw error;
  }
}
