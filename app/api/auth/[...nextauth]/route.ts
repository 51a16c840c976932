import { handleAuth } from "#lib/accounts/auth-options.ts";

export { handleAuth as GET, handleAuth as POST };
