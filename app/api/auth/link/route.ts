import { followLink } from "@/server/api/http/sign-in/follow-link";
import { guardRoute } from "@/server/platform/route/route";

/** Where the printed link leads: `?token=…` signs in and goes home, or goes to the sign-in page with the reason. */
export const GET = guardRoute({ auth: "public" }, followLink);
