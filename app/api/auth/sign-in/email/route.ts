import { signIn } from "@/server/api/http/sign-in/sign-in";
import { guardRoute } from "@/server/platform/route/route";

/** `{ email, password }` -> 200 with the session's cookie, or 401 that does not say which of the two was wrong. */
export const POST = guardRoute({ auth: "public" }, signIn);
