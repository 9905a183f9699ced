import { randomBytes } from "node:crypto";
import { getSessionCookie } from "better-auth/cookies";
import { type NextRequest, NextResponse } from "next/server";
import { framedBy } from "@/server/domain/page/visit-token";
import { cookiePrefix } from "@/server/platform/auth/cookie-prefix";
import { isOwnHost, readAddress } from "@/server/platform/guard/address";
import { contentSecurityPolicy } from "@/server/platform/guard/content-security-policy";
import { isPublicPage } from "@/server/platform/guard/public-pages";

/** Origins that may show this page in a frame: those that a deployment's page names, and none for any other page. */
const framersOf = (pathname: string, token: string | null): readonly string[] => {
  const slug = /^\/p\/([a-z0-9-]{3,63})\/?$/.exec(pathname)?.[1];
  return slug === undefined || token === null ? [] : framedBy(token, slug, Date.now());
};

const fixedHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
} as const;

/** Whoever wants no page, such as a client of an API that was pointed at this address, must not take the sign-in page for an answer. */
const isBrowser = (headers: Headers): boolean =>
  !headers.has("authorization") &&
  (headers.get("accept")?.includes("text/html") === true || headers.has("sec-fetch-site"));

const strangerError = {
  error: {
    code: "sign-in-required",
    message: "This is a page of Pipewright, for people who have signed in. The API is under /api/v1.",
    hint: "Published pipelines are called with POST /api/v1/pipelines/{name}/runs.",
    type: "invalid_request_error",
    param: null,
  },
};

/**
 * Before every page: the host must be ours, a stranger goes to the sign-in page, and the answer gets its policy with a fresh
 * nonce. Whether a session is real is asked by the pages and by every procedure; here only its cookie's absence counts.
 */
export const proxy = (request: NextRequest): NextResponse => {
  const address = readAddress();
  const host = request.headers.get("host");
  if (!isOwnHost(host, address)) {
    return new NextResponse(
      "This server does not answer under that name. Open it at the printed address, or set PIPEWRIGHT_URL to the address you use.\n",
      { status: 421, headers: { ...fixedHeaders, "content-type": "text/plain; charset=utf-8" } },
    );
  }
  const { pathname, search } = request.nextUrl;
  if (!isPublicPage(pathname) && getSessionCookie(request, { cookiePrefix: cookiePrefix(address) }) === null) {
    if (!isBrowser(request.headers)) return NextResponse.json(strangerError, { status: 401, headers: fixedHeaders });
    const wanted = `${pathname}${search}`;
    const signIn = new URL("/sign-in", `${address.publicUrl?.protocol ?? "http:"}//${host}`);
    if (wanted !== "/" && request.method === "GET") signIn.searchParams.set("next", wanted);
    return NextResponse.redirect(signIn, { status: 307, headers: fixedHeaders });
  }
  const nonce = randomBytes(16).toString("base64");
  const framers = framersOf(pathname, request.nextUrl.searchParams.get("frame"));
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development", framers);
  // The framework reads the nonce for its own scripts out of the policy; `x-nonce` is for ours.
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const answered = { ...fixedHeaders, "content-security-policy": policy };
  const response = NextResponse.next({ request: { headers }, headers: answered });
  // It knows no list of origins, and where it stands it would count for the rest of them, too.
  if (framers.length > 0) response.headers.delete("x-frame-options");
  return response;
};

export const config = {
  // Routes under /api and /v1 are guarded by guardRoute; what the build made has no secrets and needs no policy.
  matcher: ["/((?!api/|v1/|_next/static/|_next/image|favicon.ico|icon.svg).*)"],
};
