/** What the sign-in page says for an error code of the sign-in; nothing for none. */
export function signInProblem(code: string | undefined): string | undefined {
  if (code === undefined || code === "") return undefined;
  const minutes = /^too_many-(\d{1,4})$/.exec(code)?.[1];
  if (minutes) {
    return `Too many attempts failed. Try again in ${minutes} ${minutes === "1" ? "minute" : "minutes"}.`;
  }
  switch (code) {
    case "credentials":
    case "CredentialsSignin":
      return "The e-mail address or the password is not right.";
    case "company":
    case "AccessDenied":
      return "Your company's sign-in did not let you in. An administrator can say why: it is in the audit trail.";
    case "unreachable":
      return "The server could not be reached. Check your connection and try again.";
    default:
      return "The sign-in could not be completed. Try again.";
  }
}
