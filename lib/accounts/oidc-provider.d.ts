declare module "oidc-provider" {
  import type { RequestListener } from "node:http";

  type Account = { readonly accountId: string; readonly claims: () => Readonly<Record<string, unknown>> };

  /** What the tests use of it; the package itself comes without types. */
  export default class Provider {
    constructor(
      issuer: string,
      settings: {
        readonly clients: readonly Readonly<Record<string, unknown>>[];
        readonly claims: Readonly<Record<string, readonly string[]>>;
        readonly conformIdTokenClaims: boolean;
        readonly cookies: { readonly keys: readonly string[] };
        readonly findAccount: (context: unknown, id: string) => Account;
      },
    );
    callback(): RequestListener;
  }
}
