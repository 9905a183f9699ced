import { removeRoute } from "@/server/api/http/sign-in/two-factor-routes";

/** `{ password }`: the password alone is enough again. */
export const POST = removeRoute;
