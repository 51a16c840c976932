/** What the policy depends on. `nonce` marks the scripts of this one answer. */
export type SecurityContext = {
  readonly nonce: string;
  readonly isDevelopment: boolean;
  /** Whether people reach us over https only. */
  readonly isSecure: boolean;
};

/** Content-Security-Policy: scripts need the nonce; styles may be inline, because editor and diff view write theirs. */
export function contentSecurityPolicy({ nonce, isDevelopment, isSecure }: SecurityContext): string {
  // The development overlay evaluates text.
  const scripts = isDevelopment ? "'unsafe-eval' 'unsafe-inline'" : `'nonce-${nonce}' 'strict-dynamic'`;
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    // The diff view compares in a worker that it makes itself.
    "worker-src 'self' blob:",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** The headers that every answer carries. */
export function securityHeaders(context: SecurityContext): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(context),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...(context.isSecure ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
