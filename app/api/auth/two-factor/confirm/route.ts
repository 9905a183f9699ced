import { confirmRoute } from "@/server/platform/auth/two-factor/two-factor-routes";

/** `{ code }` of the authenticator: from now on signing in asks for one. */
export const POST = confirmRoute;
