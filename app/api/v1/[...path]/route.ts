import { handleApi } from "#lib/api/handle.ts";

export { handleApi as DELETE, handleApi as GET, handleApi as PATCH, handleApi as POST, handleApi as PUT };
