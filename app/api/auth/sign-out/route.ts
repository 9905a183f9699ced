import { signOut } from "@/server/platform/auth/sign-out";
import { guardRoute } from "@/server/platform/guard/route";

/** -> 200, with the session's cookie cleared. */
export const POST = guardRoute({ auth: "public" }, signOut);
