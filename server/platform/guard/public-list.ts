/** Procedures that need no sign-in, by path, with the reason. Everything else carries a role. */
export const publicProcedures: Readonly<Record<string, string>> = {};

/** Routes that need no sign-in of their own, as `METHOD /path`, with the reason. */
export const publicRoutes: Readonly<Record<string, string>> = {
  "GET /api/health": "asked by the start script and by load balancers; says only that the server answers",
  "GET /api/trpc/[trpc]": "each procedure carries its own guard",
  "POST /api/trpc/[trpc]": "each procedure carries its own guard",
  "GET /api/samples/accounts/[number]": "invented customers, the same for everybody, for templates to look up",
  "GET /api/samples/health": "says that the samples answer",
  "GET /api/auth/link": "this is how one signs in",
  "POST /api/auth/sign-in/email": "this is how one signs in",
  "POST /api/auth/two-factor/verify": "this is the second step of signing in",
  "POST /api/answers/[token]": "the signed link that was mailed is who answers, for one question and once",
  "POST /api/hooks/[hookId]": "the signature of what is sent is who sends it",
  "POST /api/pages/[slug]/visit":
    "this is how a visitor comes in: by nothing, a password or a session, as the page says",
  "POST /api/pages/[slug]/runs": "the signed visit is who asks",
  "POST /api/pages/[slug]/files": "the signed visit is who brings it",
  "GET /api/pages/[slug]/embed": "a script for pages of others; who may show the page in a frame is said there",
  "POST /api/auth/sign-out": "leaving needs no right to stay",
};
