import { codesRoute } from "@/server/platform/auth/two-factor/two-factor-routes";

/** `{ password }` -> `{ recoveryCodes }`, in place of the earlier ones. */
export const POST = codesRoute;
