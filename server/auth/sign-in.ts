import { z } from "zod";
import type { RouteCall } from "@/server/guard/route";
import { RouteRefusal } from "@/server/guard/route-refusal";
import { authLimits } from "./auth-limits";
import { forwardToAuth } from "./forward";
import { recordSignIn } from "./record-sign-in";

const credentials = z.strictObject({
  email: z.string().max(authLimits.emailMax),
  password: z.string().max(authLimits.passwordMax),
  rememberMe: z.boolean().default(true),
});

const refused = (): RouteRefusal =>
  new RouteRefusal(401, "credentials-wrong", "The e-mail or the password is wrong.", {
    hint: "Check both, or restart the server: it prints a sign-in link.",
  });

export const signIn = async ({ request, database, json }: RouteCall<"public", unknown>): Promise<Response> => {
  const input = credentials.safeParse(await json(authLimits.bodyBytes));
  if (!input.success) throw refused();
  const { ok, cookies } = await forwardToAuth(database, request, {
    path: "/sign-in/email",
    method: "POST",
    body: input.data,
  });
  if (!ok) throw refused();
  await recordSignIn(database, cookies, "password");
  return Response.json({ ok: true }, { headers: cookies.map((cookie) => ["set-cookie", cookie]) });
};
