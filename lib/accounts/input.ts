import { z } from "zod";
import { PERSON_ROLES, ROLES } from "#lib/access/permissions.ts";

/** Forms send an empty text, or nothing at all, where nothing was chosen. */
const blank = (value: unknown) => (value === "" || value === null ? undefined : value);
export const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional());

export const Slug = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "Use lower-case letters, digits and hyphens, at most 63, for example safety or ml-platform",
  });
const Id = z.uuid({ error: "This is not an identifier; it looks like 01995c9e-0000-7000-8000-000000000000" });
const Name = z
  .string({ error: "A name is needed" })
  .trim()
  .min(1, { error: "A name is needed" })
  .max(100, { error: "A name has at most 100 characters" });
const Email = z
  .string({ error: "An e-mail address is needed" })
  .trim()
  .toLowerCase()
  .max(254, { error: "An e-mail address has at most 254 characters" })
  .pipe(z.email({ error: "This is not an e-mail address; it looks like name@example.org" }));
const NewPassword = z
  .string({ error: "A password is needed" })
  .min(12, { error: "A password needs at least 12 characters; several words are easy to remember" })
  .max(200, { error: "A password has at most 200 characters" });
const Role = z.enum(PERSON_ROLES, { error: `Choose a role: ${PERSON_ROLES.join(", ")}` });
const TokenRole = z.enum(ROLES, { error: `Choose a role: ${ROLES.join(", ")}` });
const FutureDate = z.coerce.date({ error: "This is not a date; it looks like 2027-01-31T12:00:00Z" });
const Revision = optional(z.coerce.number().int().positive().max(2_147_483_647));

/** How far a role reaches: nothing for everywhere, a system (its id or slug), or an environment of it. */
const reach = {
  system: optional(z.string().trim()),
  environment: optional(Slug),
};
const Reach = { ...reach, role: Role };

export const CreatePerson = z.object({
  email: Email,
  name: Name,
  /** Without one, the person signs in through the company only. */
  password: optional(NewPassword),
  roles: z.array(z.object({ ...Reach, expiresAt: optional(FutureDate) })).default([]),
  /** Slugs of groups. */
  groups: z.array(Slug).default([]),
});
export const RenamePerson = z.object({ personId: Id, name: Name, revision: Revision });
export const PersonInput = z.object({ personId: Id, revision: Revision });
export const DeactivatePerson = z.object({
  personId: Id,
  revision: Revision,
  reason: optional(z.string().trim().max(500, { error: "A reason has at most 500 characters" })),
});
export const ChangePassword = z.object({
  current: z.string({ error: "Your current password is needed" }).min(1, { error: "Your current password is needed" }),
  password: NewPassword,
});
export const ResetPassword = z.object({ personId: Id, password: NewPassword });

export const CreateGroup = z.object({ slug: Slug, name: Name });
export const RenameGroup = z.object({ group: Slug, name: Name, revision: Revision });
export const GroupInput = z.object({ group: Slug });
export const MembershipInput = z.object({ group: Slug, personId: Id });

export const GrantRole = z
  .object({ ...Reach, personId: optional(Id), group: optional(Slug), expiresAt: optional(FutureDate) })
  .refine((grant) => (grant.personId === undefined) !== (grant.group === undefined), {
    path: ["personId"],
    error: "Name either a person or a group",
  })
  .refine((grant) => grant.environment === undefined || grant.system !== undefined, {
    path: ["environment"],
    error: "An environment belongs to a system: name the system too",
  });
export const RevokeRole = z.object({ grantId: Id });

export const CreateToken = z
  .object({
    ...Reach,
    role: TokenRole,
    name: Name,
    days: z.coerce
      .number({ error: "Say in how many days the token ends" })
      .int({ error: "Use whole days" })
      .min(1, { error: "A token lives at least one day" })
      .max(365, { error: "A token lives at most 365 days" }),
  })
  .refine((token) => token.environment === undefined || token.system !== undefined, {
    path: ["environment"],
    error: "An environment belongs to a system: name the system too",
  })
  .refine((token) => token.role !== "runtime" || token.environment !== undefined, {
    path: ["environment"],
    error: "A runtime's token is for one environment: name it, and its system",
  });
export const RevokeToken = z.object({ tokenId: Id });

export const SessionInput = z.object({ sessionId: Id });
const SignInMethod = z.enum(["password", "company"]);
export const StartSession = z.object({ method: SignInMethod });
export const RefuseSession = z.object({ account: z.string().max(254), method: SignInMethod });
export const NoInput = z.object({});

export const SaveView = z.object({
  page: z
    .string()
    .max(200)
    .regex(/^\/(?![/\\])/, { error: "A page is an address within Plumbline that begins with /" }),
  name: Name,
  query: z.string().max(4_000, { error: "This view has too many filters to save" }),
});
export const SavedViewInput = z.object({ viewId: Id });
export const SavedViewsOf = z.object({ page: optional(z.string().max(200)) });

export const NotificationsPage = z.object({ cursor: optional(z.string()), unread: optional(z.stringbool()) });
/** Without an identifier: all that are unread. */
export const MarkRead = z.object({ notificationId: optional(Id) });

export const MembersPage = z.object({
  cursor: optional(z.string()),
  search: optional(z.string().trim().max(100)),
  state: optional(z.enum(["active", "deactivated"])),
});

export const AdmitFromCompany = z.object({
  issuer: z.string(),
  subject: z.string(),
  email: Email,
  /** Absent: the provider does not say. */
  isVerified: z.boolean().optional(),
  name: Name,
  groups: z.array(z.string()).optional(),
});

export const PersonId = z.object({ personId: Id });
export const TokensPage = z.object({ cursor: optional(z.string()), state: optional(z.enum(["live"])) });
