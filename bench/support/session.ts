/** Signs in over HTTP as the form does. @returns the Cookie header of the session */
export async function cookieOf(url: string, email: string, password: string): Promise<string> {
  const cookies = new Map<string, string>();
  const keep = (response: Response) => {
    for (const text of response.headers.getSetCookie()) {
      const [pair = ""] = text.split(";");
      const at = pair.indexOf("=");
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer: unknown = await keep(await fetch(`${url}/api/auth/csrf`)).json();
  const csrfToken = String(Reflect.get(Object(answer), "csrfToken"));
  const form = new URLSearchParams({ csrfToken, email, password, json: "true" });
  keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: header(), origin: url },
      body: form,
    }),
  );
  return header();
}
