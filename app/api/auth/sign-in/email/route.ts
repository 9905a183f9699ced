import { signIn } from "@/server/platform/auth/sign-in";
import { guardRoute } from "@/server/platform/guard/route";

/** `{ email, password }` -> 200 with the session's cookie, or 401 that does not say which of the two was wrong. */
export const POST = guardRoute({ auth: "public" }, signIn);
