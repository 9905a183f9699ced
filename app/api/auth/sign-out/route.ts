import { signOut } from "@/server/auth/sign-out";
import { guardRoute } from "@/server/guard/route";

/** -> 200, with the session's cookie cleared. */
export const POST = guardRoute({ auth: "public" }, signOut);
