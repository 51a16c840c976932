import { createTransport } from "nodemailer";
import { env } from "#lib/platform/env.ts";

export type Mail = {
  readonly to: string | { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The same for every attempt: mail servers drop a repeat. Letters, digits, hyphens and dots. */
  readonly id: string;
};

/** Milliseconds that the mail server may leave us waiting at any one point. */
const PATIENCE = 10_000;

/** Whether this installation can send mail at all. */
export function hasMailServer(): boolean {
  return env().PLUMBLINE_SMTP_URL !== undefined;
}

/** Sends one mail. @throws when there is no mail server, or with what it said when it did not take the mail */
export async function sendMail({ to, subject, text, id }: Mail): Promise<void> {
  const { PLUMBLINE_SMTP_URL, PLUMBLINE_MAIL_FROM, NEXTAUTH_URL } = env();
  if (!PLUMBLINE_SMTP_URL) throw new Error("No mail server is set; set PLUMBLINE_SMTP_URL");
  const timeouts = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE };
  const transport = createTransport({ url: PLUMBLINE_SMTP_URL, ...timeouts });
  try {
    await transport.sendMail({
      from: PLUMBLINE_MAIL_FROM,
      to: typeof to === "string" ? to : { ...to },
      subject: subject.replace(/\s+/g, " ").slice(0, 150),
      text,
      messageId: `<${id}@${new URL(NEXTAUTH_URL).hostname}>`,
      // Otherwise anything in the text that looks like a path or an address would be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } finally {
    transport.close();
  }
}
