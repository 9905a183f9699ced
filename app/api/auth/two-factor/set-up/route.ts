import { setUpRoute } from "@/server/platform/auth/two-factor/two-factor-routes";

/** `{ password }` -> `{ uri, recoveryCodes }`; counts only once a code was confirmed. */
export const POST = setUpRoute;
