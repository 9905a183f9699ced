import { verifyRoute } from "@/server/platform/auth/two-factor/two-factor-routes";

/** `{ code }` or `{ recoveryCode }` after a right password -> 200 with the session’s cookie. */
export const POST = verifyRoute;
