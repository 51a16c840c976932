/** The sign-in's endpoints, as a browser uses them. Each answers an error code, or null when it is done. */

async function post(path: string, fields: Readonly<Record<string, string>>): Promise<string | null> {
  try {
    const { csrfToken } = await fetch("/api/auth/csrf").then((response) => response.json());
    const response = await fetch(`/api/auth/${path}`, {
      method: "POST",
      body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
    });
    const { url } = await response.json();
    return typeof url === "string" ? url : null;
  } catch {
    return null;
  }
}

function errorIn(address: string): string | null {
  return new URL(address, location.href).searchParams.get("error");
}

export async function signInWithPassword(email: string, password: string): Promise<string | null> {
  const url = await post("callback/credentials", { email, password, callbackUrl: "/" });
  return url === null ? "unreachable" : errorIn(url);
}

/** Leaves for the company's sign-in, which comes back to `callbackUrl`. */
export async function signInWithCompany(callbackUrl: string): Promise<string | null> {
  const url = await post("signin/company", { callbackUrl });
  if (url === null) return "unreachable";
  const error = errorIn(url);
  if (error === null) location.assign(url);
  return error;
}
