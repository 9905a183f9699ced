import { forwardToAuth } from "@/server/platform/auth/forward";
import type { RouteCall } from "@/server/platform/route/route";

/** Ends the session and clears its cookie. Answers 200 to somebody who is not signed in, too. */
export const signOut = async ({ request, database }: RouteCall<"public", unknown>): Promise<Response> => {
  const { cookies } = await forwardToAuth(database, request, { path: "/sign-out", method: "POST", body: {} });
  return Response.json({ ok: true }, { headers: cookies.map((cookie) => ["set-cookie", cookie]) });
};
