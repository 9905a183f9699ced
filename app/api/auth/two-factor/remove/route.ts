import { removeRoute } from "@/server/platform/auth/two-factor/two-factor-routes";

/** `{ password }`: the password alone is enough again. */
export const POST = removeRoute;
