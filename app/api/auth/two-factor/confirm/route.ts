import { confirmRoute } from "@/server/api/http/sign-in/two-factor-routes";

/** `{ code }` of the authenticator: from now on signing in asks for one. */
export const POST = confirmRoute;
