import { setUpRoute } from "@/server/api/http/sign-in/two-factor-routes";

/** `{ password }` -> `{ uri, recoveryCodes }`; counts only once a code was confirmed. */
export const POST = setUpRoute;
