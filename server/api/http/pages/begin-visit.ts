import { z } from "zod";
import { type FoundPage, findPage, pageForm } from "@/server/domain/page/find-page";
import { pageLimits, type VisitView } from "@/server/domain/page/page.types";
import { isPagePassword } from "@/server/domain/page/page-password";
import { newVisit } from "@/server/domain/page/visit-token";
import { countRun } from "@/server/domain/usage/count-usage";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import { guesserOf, guessLockOf } from "@/server/platform/auth/guess-lock";
import { identify } from "@/server/platform/auth/identify";
import type { Database } from "@/server/platform/db/database";
import { requestOrigin } from "@/server/platform/guard/client-address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { RouteCall } from "@/server/platform/route/route";
import { readBody } from "../published/read-body";
import { unknownPage, visitHeader } from "./visitor";

const body = z.strictObject({ password: z.string().max(pageLimits.passwordMost).optional() });

const tooMany = (code: "too-many-visits" | "too-many-guesses", seconds: number): RouteRefusal =>
  new RouteRefusal(
    429,
    code,
    code === "too-many-visits" ? "Too many visits from this address." : "Too many wrong passwords.",
    { hint: `Try again in ${seconds} seconds.` },
    { "retry-after": String(seconds) },
  );

/** Counts in the minute by the clock, exactly over all processes. Says in how many seconds there is room again; null where there is. */
const countMinute = async (database: Database, scope: string, most: number, now: number): Promise<number | null> => {
  const [window] = await countRun(database, windowsOf([{ scope, limits: { requestsPerMinute: most } }], now));
  if (window === undefined || window.used <= most) return null;
  return Math.max(1, Math.ceil((window.endsAt.getTime() - now) / 1_000));
};

const checkPassword = async (
  database: Database,
  page: FoundPage,
  password: string | undefined,
  address: string | null,
  now: number,
): Promise<void> => {
  if (password === undefined || page.passwordHash === null)
    throw new RouteRefusal(401, "password-needed", "This page asks for a password.", {});
  const lock = guessLockOf(database);
  const account = `page ${page.deploymentId}`;
  const { waitMs } = lock.take(address, account);
  if (waitMs > 0) throw tooMany("too-many-guesses", Math.ceil(waitMs / 1_000));
  // Also over all addresses, so that a thousand machines guess no faster than a page's visitors type.
  const wait = await countMinute(database, `page-guess:${page.deploymentId}`, pageLimits.guessesPerMinute, now);
  if (wait !== null) throw tooMany("too-many-guesses", wait);
  if (!(await isPagePassword(password, page.passwordHash)))
    throw new RouteRefusal(401, "password-wrong", "This is not the password.", {});
  lock.right(address, account);
};

/** `POST /api/pages/{slug}/visit`: lets a visitor in and tells the page what to ask for. With the token of an earlier visit, the same visitor comes again. */
export const beginVisit = async ({
  request,
  parameters,
  database,
  json,
  responseHeaders,
}: RouteCall<"public", { slug: string }>): Promise<Response> => {
  const now = Date.now();
  const { password } = readBody(body, await json(4_096), 'Send {} or {"password": "…"}.');
  const page = await findPage(database, parameters.slug);
  if (page === null) throw unknownPage();
  const { address } = requestOrigin(request.headers);
  const scope = `page-visit:${page.deploymentId}:${guesserOf(address)}`;
  const wait = await countMinute(database, scope, pageLimits.visitsPerMinute, now);
  if (wait !== null) throw tooMany("too-many-visits", wait);
  if (page.access === "password") await checkPassword(database, page, password, address, now);
  if (page.access === "members") {
    const member = await identify(database, request.headers, responseHeaders);
    if (member === null || member.workspaceId !== page.workspaceId)
      throw new RouteRefusal(401, "sign-in-required", "This page is for members of the workspace. Sign in first.", {});
  }
  const form = await pageForm(database, page);
  if (form === null) throw unknownPage();
  const former = request.headers.get(visitHeader);
  const counted = address === null ? null : guesserOf(address);
  const token = newVisit(page.deploymentId, page.generation, counted, former, now);
  return Response.json({ token, ...form } satisfies VisitView);
};
