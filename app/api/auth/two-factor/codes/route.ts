import { codesRoute } from "@/server/api/http/sign-in/two-factor-routes";

/** `{ password }` -> `{ recoveryCodes }`, in place of the earlier ones. */
export const POST = codesRoute;
