import { type NextRequest, NextResponse } from "next/server";

const cookies = ["next-auth.session-token", "__Secure-next-auth.session-token"];

/**
 * Sends those without a cookie to the sign-in page before a page is rendered, and tells pages where they are. A convenience:
 * whether a cookie still holds is asked by every page, action and endpoint itself.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const isPublic = pathname === "/sign-in";
  if (!isPublic && !cookies.some((name) => request.cookies.has(name))) {
    const signIn = new URL("/sign-in", request.url);
    if (pathname !== "/") signIn.searchParams.set("callbackUrl", `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  const headers = new Headers(request.headers);
  headers.set("x-plumbline-path", `${pathname}${search}`);
  const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
  if (nonce) headers.set("x-nonce", nonce);
  return NextResponse.next({ request: { headers } });
}

/** Pages only: the API answers strangers itself, and files are for everyone. */
export const config = { matcher: ["/((?!api/|_next/|.*\\.(?:svg|ico|png|txt|webmanifest)$).*)"] };
