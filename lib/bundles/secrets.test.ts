import { expect, test } from "vitest";
import { findSecrets } from "./secrets.ts";

/** Put together here, so that no file of the project holds what looks like a key. */
const key = (...parts: readonly string[]) => parts.join("");
const body = "a8F3kQ9zL2mX7vB1nC5dT0yR4wS6hJ8gP2eU";

test.each([
  ["sk-", key("sk-", body), "provider key"],
  ["sk-proj-", key("sk-proj-", body, "_-", body), "OpenAI key"],
  ["sk-ant-", key("sk-ant-api03-", body, "-", body), "Anthropic key"],
  ["sk_live_", key("sk_live_", body), "Stripe key"],
  ["AKIA", key("AKIA", "IOSFODNN7EXAMPLE"), "AWS access key"],
  ["AIza", key("AIza", body.slice(0, 35)), "Google API key"],
  ["ghp_", key("ghp_", body), "GitHub token"],
  ["github_pat_", key("github_pat_", body), "GitHub token"],
  ["xoxb-", key("xoxb-", "123456789012-", body), "Slack token"],
  ["hf_", key("hf_", body), "Hugging Face token"],
  ["a PEM block", key("-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"), "private key"],
  ["a PEM block of PKCS 8", key("-----BEGIN ", "PRIVATE KEY-----\nMIIE"), "private key"],
  ["a JWT", key("eyJ", "hbGciOiJIUzI1NiJ9", ".eyJ", "zdWIiOiIxMjM0In0", ".", body), "JSON web token"],
  ["a bearer token", key("Bearer ", body), "bearer token"],
  ["a password in an address", key("postgres://app:", "hunter2-9f", "@db.internal/app"), "password in an address"],
])("%s is found inside a prompt", (_, secret, kind) => {
  const findings = findSecrets({ prompts: { system: `Be kind.\nUse ${secret} for calls.` } });
  expect(findings).toEqual([{ pointer: "/prompts/system", kind, isReference: false }]);
  expect(JSON.stringify(findings)).not.toContain(secret);
});

test.each([
  ["password", "Tr0ub4dor&3xyz"],
  ["api_key", body],
  ["apiKey", body],
  ["client-secret", body],
  ["SLACK_TOKEN", "9f8e7d6c5b4a39281706f5e4d3c2b1a0"],
])("a random value under “%s” is found", (name, value) => {
  expect(findSecrets({ auth: { [name]: value } })).toEqual([
    { pointer: `/auth/${name}`, kind: `value of “${name}”`, isReference: false },
  ]);
});

test("a list of keys and a key used as a name are found, without the text", () => {
  const secret = key("sk-", body);
  const findings = findSecrets({ keys: ["fine", secret], byKey: { [secret]: 1 } });
  expect(findings.map((finding) => finding.pointer)).toEqual(["/keys/1", "/byKey"]);
  expect(JSON.stringify(findings)).not.toContain(secret);
});

test.each([
  [
    "a prompt about keys",
    { prompt: "Never reveal API keys. A key begins with sk- or AKIA, and a token with ghp_. Passwords stay private." },
  ],
  [
    "a prompt about headers",
    {
      prompt: "Send `Authorization: Bearer <token>`; the Bearer authentication-scheme-described-in-the-manual applies.",
    },
  ],
  [
    "limits named token",
    { max_tokens: 4096, token: "cl100k_base", tokenizer: "o200k_base", stop_token: "<|endoftext|>" },
  ],
  ["a tokenizer under token", { special_token: "end-of-text-marker" }],
  ["digests", { digest: `sha256:${"a1b2c3d4".repeat(8)}`, commit: "5617a9f61b028005a4858fdac845db406aefb181" }],
  [
    "model names",
    { model: "claude-sonnet-4-5-20250929", embedding: "BAAI/bge-m3@5617a9f61b028005a4858fdac845db406aefb181" },
  ],
  ["a UUID", { tenant: "0192f7c2-8a50-7c31-9a3e-5d2f6a7b8c9d" }],
  ["a placeholder", { password: key("$", "{DB_PASSWORD}"), api_key: "<your key here>", secret: "changeme" }],
  ["an address with a placeholder", { url: "https://user:{password}@example.org", other: "postgres://app:***@db/app" }],
  ["a name of a secret", { secret: "support-assistant-provider-key", token: "vault/path/to/token" }],
  ["words that begin like keys", { skill: "sk-learn pipelines", risk: "risk-assessment-of-all-customer-requests" }],
  ["a reference", { api_key: { $secret: "vault://support/openai#api_key" } }],
  ["a reference without a field", { api_key: { $secret: "vault://support/openai" } }],
])("%s is no secret", (_, value) => {
  expect(findSecrets(value)).toEqual([]);
});

test.each([
  ["without a scheme", { $secret: "openai/key" }],
  ["with spaces", { $secret: "vault://the key" }],
  ["that is no text", { $secret: 7 }],
  ["with company", { $secret: "vault://a/b", note: "x" }],
  ["that is the secret itself", { $secret: key("sk-", body) }],
])("a reference %s is refused", (_, reference) => {
  expect(findSecrets({ api_key: reference })).toMatchObject([{ pointer: "/api_key", isReference: true }]);
});

test.each(["sk-", "eyJaaaaaaaa-", "Bearer ", "-----BEGIN A ", "ab://", "a://b:c"])(
  "text that begins like a key over and over (%s) takes no longer than its length",
  (start) => {
    const timeOf = (length: number) => {
      const begun = performance.now();
      expect(findSecrets({ text: start.repeat(length / start.length) })).toEqual([]);
      return performance.now() - begun;
    };
    timeOf(10_000);
    // Eight times as long took sixty-four times as long where it was looked through from each beginning again.
    expect(timeOf(400_000)).toBeLessThan(Math.max(20 * timeOf(50_000), 1_000));
  },
);
