import { forwardToAuth } from "@/server/auth/forward";
import { guardRoute } from "@/server/guard/route";

/** Ends the session and clears its cookie. Answers 200 to somebody who is not signed in, too. */
export const POST = guardRoute({ auth: "public" }, async ({ request, database }) => {
  const { cookies } = await forwardToAuth(database, request, { path: "/sign-out", method: "POST", body: {} });
  return Response.json({ ok: true }, { headers: cookies.map((cookie) => ["set-cookie", cookie]) });
});
