import { z } from "zod";
import { authLimits } from "@/server/platform/auth/auth-limits";
import { forwardToAuth } from "@/server/platform/auth/forward";
import { guessLockOf } from "@/server/platform/auth/guess-lock";
import { recordGuesses, recordSignIn } from "@/server/platform/auth/record-sign-in";
import { requestOrigin } from "@/server/platform/guard/client-address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { RouteCall } from "@/server/platform/route/route";

const credentials = z.strictObject({
  email: z.string().max(authLimits.emailMax),
  password: z.string().max(authLimits.passwordMax),
  rememberMe: z.boolean().default(true),
});

const refused = (): RouteRefusal =>
  new RouteRefusal(401, "credentials-wrong", "The e-mail or the password is wrong.", {
    hint: "Check both, or start the server with --link: it prints a sign-in link.",
  });

const tooMany = (waitMs: number): RouteRefusal => {
  const seconds = Math.ceil(waitMs / 1000);
  const hint = `Wait ${seconds} seconds. Signing in from another address still works.`;
  return new RouteRefusal(429, "too-many-requests", "Too many attempts.", { hint }, { "retry-after": String(seconds) });
};

/** What the library answers where the password was right and a code is still to come. */
const secondFactorAsked = z.object({ twoFactorRedirect: z.literal(true) });

let checking = 0;

export const signIn = async ({ request, database, json }: RouteCall<"public", unknown>): Promise<Response> => {
  const input = credentials.safeParse(await json(authLimits.bodyBytes));
  if (!input.success) throw refused();
  const { email } = input.data;
  const { address } = requestOrigin(request.headers);
  if (checking >= authLimits.checksAtOnce) throw tooMany(1_000);
  const guesses = guessLockOf(database);
  const { waitMs, locked } = guesses.take(address, email);
  if (waitMs > 0) throw tooMany(waitMs);
  checking += 1;
  const { ok, cookies, body } = await forwardToAuth(database, request, {
    path: "/sign-in/email",
    method: "POST",
    body: input.data,
  }).finally(() => {
    checking -= 1;
  });
  if (!ok) {
    if (locked) await recordGuesses(database, request.headers, email);
    throw refused();
  }
  guesses.right(address, email);
  if (secondFactorAsked.safeParse(body).success) {
    const headers = cookies.map((cookie): [string, string] => ["set-cookie", cookie]);
    return Response.json({ ok: false, secondFactor: true }, { headers });
  }
  await recordSignIn(database, request.headers, cookies, "password");
  return Response.json({ ok: true }, { headers: cookies.map((cookie) => ["set-cookie", cookie]) });
};
