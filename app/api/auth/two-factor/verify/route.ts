import { verifyRoute } from "@/server/api/http/sign-in/two-factor-routes";

/** `{ code }` or `{ recoveryCode }` after a right password -> 200 with the session’s cookie. */
export const POST = verifyRoute;
