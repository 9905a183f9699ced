import { removeRoute } from "@/server/auth/two-factor/two-factor-routes";

/** `{ password }`: the password alone is enough again. */
export const POST = removeRoute;
