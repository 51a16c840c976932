/** Where the server is and who asks: from PLUMBLINE_URL and PLUMBLINE_TOKEN. */
export type Api = { readonly url: string; readonly token: string };

/** What the server, or the way to it, said instead of an answer. */
export type Failure = { readonly failure: string };

export function apiFromEnvironment(environment: NodeJS.ProcessEnv): Api | Failure {
  const { PLUMBLINE_URL: url = "http://localhost:3000", PLUMBLINE_TOKEN: token } = environment;
  if (!URL.canParse(url))
    return { failure: `PLUMBLINE_URL is "${url}"; it should look like https://plumbline.example.org` };
  if (!token) return { failure: "Set PLUMBLINE_TOKEN to an API token; Settings → Tokens makes one" };
  return { url: url.replace(/\/+$/, ""), token };
}

/** Asks the server; a refusal comes back in the server's own words. */
export async function ask(api: Api, path: `/${string}`, method: "GET" | "POST" = "GET"): Promise<Response | Failure> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${api.token}`,
      "User-Agent": "plumbline-cli/1",
      ...(method === "POST" ? { "Content-Type": "application/json" } : {}),
    },
    ...(method === "POST" ? { body: "{}" } : {}),
  }).catch((error: unknown) => error);
  if (!(response instanceof Response)) {
    return { failure: `${api.url} does not answer; check PLUMBLINE_URL, and that the server runs` };
  }
  if (response.ok) return response;
  const text = await response.text();
  return { failure: detailOf(text) ?? `${path} answered ${response.status}` };
}

function detailOf(text: string): string | undefined {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === "object" && problem !== null && "detail" in problem) return String(problem.detail);
  } catch {
    // Not ours: something in between answered.
  }
  return undefined;
}
