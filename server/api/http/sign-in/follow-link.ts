import { forwardToAuth } from "@/server/platform/auth/forward";
import { recordSignIn } from "@/server/platform/auth/record-sign-in";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { RouteCall } from "@/server/platform/route/route";

/** What the sign-in page explains, as `?error=`. */
export type LinkError = "link-invalid" | "too-many-requests";

const goTo = (location: string, cookies: readonly string[] = []): Response =>
  new Response(null, {
    status: 303,
    headers: [["location", location], ...cookies.map((cookie): [string, string] => ["set-cookie", cookie])],
  });

const refuse = (error: LinkError): Response => goTo(`/sign-in?error=${error}`);

/** Unknown, used and expired tokens get the same answer. */
export const followLink = async ({ request, database }: RouteCall<"public", unknown>): Promise<Response> => {
  const tokens = new URL(request.url).searchParams.getAll("token");
  const [token] = tokens;
  if (tokens.length !== 1 || token === undefined || !/^[A-Za-z]{32}$/.test(token)) return refuse("link-invalid");
  try {
    const { ok, cookies } = await forwardToAuth(database, request, {
      path: "/magic-link/verify",
      method: "GET",
      query: { token },
    });
    if (!ok) return refuse("link-invalid");
    await recordSignIn(database, request.headers, cookies, "link");
    return goTo("/", cookies);
  } catch (error) {
    if (error instanceof RouteRefusal && error.status === 429) return refuse("too-many-requests");
    throw error;
  }
};
