import type { NextRequest } from "next/server.js";
import NextAuth, { type NextAuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Arrival } from "#lib/accounts/actors.ts";
import { endSession } from "#lib/accounts/commands/sessions.ts";
import { type CompanyProfile, claimsOfIdToken, mergeClaims, signInWithCompany } from "#lib/accounts/company-sign-in.ts";
import { arrivalOf, readClaims, sessionSecret } from "#lib/accounts/cookie.ts";
import { SESSION_LIMITS } from "#lib/accounts/model.ts";
import { personOfSession } from "#lib/accounts/session-actor.ts";
import { type StartedSession, signInWithPassword } from "#lib/accounts/sign-in.ts";
import { Refusal } from "#lib/kernel/refusal.ts";
import { env } from "#lib/platform/env.ts";
import { log } from "#lib/platform/log.ts";

/** Id of the company's provider: part of the address that its administrator registers, `/api/auth/callback/company`. */
export const COMPANY = "company";

/** How the company's sign-in is called, or null where none is configured. */
export function companySignIn(): string | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME } = env();
  return OIDC_ISSUER && OIDC_CLIENT_ID ? OIDC_NAME : null;
}

function companyProvider(): OAuthConfig<CompanyProfile> | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID) return null;
  return {
    id: COMPANY,
    name: OIDC_NAME,
    type: "oauth",
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    ...(OIDC_CLIENT_SECRET
      ? { clientSecret: OIDC_CLIENT_SECRET }
      : { client: { token_endpoint_auth_method: "none" as const } }),
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    userinfo: {
      request: async ({ client, tokens }) => {
        const vouched = claimsOfIdToken(tokens.id_token ?? "");
        if (client.issuer.metadata.userinfo_endpoint === undefined || !tokens.access_token) return vouched;
        return mergeClaims(vouched, await client.userinfo(tokens.access_token));
      },
    },
    profile: (profile) => ({ id: profile.sub }),
  };
}

/** Which sentence the sign-in page shows; with `too_many` goes the number of minutes to wait. */
export function errorCode(refusal: Refusal): string {
  if (refusal.code !== "too_many") return "credentials";
  return `too_many-${Math.ceil(Number(refusal.details.waitMs) / 60_000)}`;
}

/** What people and strangers cause by themselves: cookies of another secret, forged, repeated or cancelled callbacks. */
const expected = new Set(["JWT_SESSION_ERROR", "CALLBACK_CREDENTIALS_JWT_ERROR", "OAUTH_CALLBACK_ERROR"]);

/** The options for one request. The cookie gets nothing but the session's name: rights are read anew each time. */
export function authOptions(arrival: Arrival): NextAuthOptions {
  let started: StartedSession | null = null;
  const company = companyProvider();
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: SESSION_LIMITS.absolute / 1_000 },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      {
        id: "credentials",
        name: "Password",
        type: "credentials",
        credentials: {},
        async authorize(credentials?: Record<string, string>) {
          const { email = "", password = "" } = credentials ?? {};
          try {
            started = await signInWithPassword({ email, password }, arrival);
            return { id: started.personId };
          } catch (error) {
            if (error instanceof Refusal) throw new Error(errorCode(error));
            throw error;
          }
        },
      },
      ...(company ? [company] : []),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== COMPANY) return started !== null;
        try {
          started = await signInWithCompany(profile, arrival);
          return true;
        } catch (error) {
          if (error instanceof Refusal) return "/sign-in?error=company";
          throw error;
        }
      },
      async jwt({ token }) {
        if (started) return { sub: started.personId, sid: started.sessionId, epoch: started.epoch };
        const claims = readClaims(token);
        return claims && (await personOfSession(claims, arrival)) ? token : {};
      },
      // Whoever asks the library for the session learns only until when the cookie lasts.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      // The library only drops the cookie; whoever has a copy of it would go on with it.
      async signOut({ token }) {
        const claims = readClaims(token);
        const signedIn = claims && (await personOfSession(claims, arrival));
        if (signedIn) await endSession(signedIn.actor, { sessionId: signedIn.sessionId });
      },
    },
    logger: {
      error(code, metadata) {
        const err = metadata instanceof Error ? metadata : metadata.error;
        if (expected.has(code)) log.info({ code, reason: err.message }, "a sign-in was not completed");
        else log.error({ code, err }, "the sign-in failed");
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

type Context = { readonly params: Promise<{ readonly nextauth: string[] }> };

/** Answers everything under /api/auth. */
export function handleAuth(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions(arrivalOf(request.headers, "browser")));
}
