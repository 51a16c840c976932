import { describe, expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

const context = { nonce: "bm9uY2U=", isDevelopment: false, isSecure: false };

describe("the content security policy", () => {
  test("lets only marked scripts run", () => {
    const policy = contentSecurityPolicy(context);
    expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
    expect(policy.match(/script-src [^;]*/)?.[0]).not.toContain("unsafe");
  });

  test("lets nobody frame the console", () => {
    expect(contentSecurityPolicy(context)).toContain("frame-ancestors 'none'");
  });
});

test.each([
  ["over https", true, "max-age=31536000; includeSubDomains"],
  ["over http", false, undefined],
])("strict transport security %s", (_, isSecure, expected) => {
  expect(securityHeaders({ ...context, isSecure })["Strict-Transport-Security"]).toBe(expected);
});
