import { followLink } from "@/server/platform/auth/follow-link";
import { guardRoute } from "@/server/platform/guard/route";

/** Where the printed link leads: `?token=…` signs in and goes home, or goes to the sign-in page with the reason. */
export const GET = guardRoute({ auth: "public" }, followLink);
