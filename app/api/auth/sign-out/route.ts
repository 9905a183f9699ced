import { signOut } from "@/server/api/http/sign-in/sign-out";
import { guardRoute } from "@/server/platform/route/route";

/** -> 200, with the session's cookie cleared. */
export const POST = guardRoute({ auth: "public" }, signOut);
