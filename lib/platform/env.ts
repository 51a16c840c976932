import { z } from "zod";
import { Refusal } from "#lib/kernel/refusal.ts";

const Environment = z.object({
  /** Connection string of the application's own database role. */
  PLUMBLINE_DATABASE_URL: z.string().startsWith("postgres"),
  /** C2SP note signer key for checkpoints; absent: this process signs none. */
  PLUMBLINE_LOG_KEY: z.string().optional(),
  /** What background work this process does. */
  PLUMBLINE_WORKER: z.enum(["on", "off", "only"]).default("on"),
  /** Where notifications are mailed from, for example smtp://user:password@mail.example.org:587; absent: they are not mailed. */
  PLUMBLINE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  PLUMBLINE_MAIL_FROM: z.string().default("Plumbline <plumbline@localhost>"),
  /** Networks that are not on the Internet and that webhooks may reach nevertheless, for example 10.0.0.0/8,fd00::/8. */
  PLUMBLINE_ALLOW_PRIVATE_WEBHOOKS: z.string().default(""),
  NEXTAUTH_URL: z.string().default("http://localhost:3000"),
  NEXTAUTH_SECRET: z.string().default(""),
  OIDC_ISSUER: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default("Company single sign-on"),
});
export type Env = z.infer<typeof Environment>;

/** The settings of this process. @throws Refusal `invalid` naming each variable that is missing or wrong */
export function env(): Env {
  const parsed = Environment.safeParse(process.env);
  if (parsed.success) return parsed.data;
  throw new Refusal("invalid", `The environment is not complete: ${z.prettifyError(parsed.error)}`);
}
