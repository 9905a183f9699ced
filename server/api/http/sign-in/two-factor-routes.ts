import { z } from "zod";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { authLimits } from "@/server/platform/auth/auth-limits";
import { forwardToAuth } from "@/server/platform/auth/forward";
import { guessLockOf } from "@/server/platform/auth/guess-lock";
import { recordSignIn } from "@/server/platform/auth/record-sign-in";
import type { Database } from "@/server/platform/db/database";
import { requestOrigin } from "@/server/platform/guard/client-address";
import type { Member } from "@/server/platform/guard/member";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";

const passwordInput = z.strictObject({ password: z.string().max(authLimits.passwordMax) });
const codeInput = z.strictObject({ code: z.string().regex(/^\d{6}$/) });
/** One of the two: of the authenticator, or one of those that were written down. */
const signInInput = z.union([codeInput, z.strictObject({ recoveryCode: z.string().regex(/^[\w-]{4,40}$/) })]);

type SessionCall = RouteCall<"session", unknown>;

const codeWrong = () => new RouteRefusal(401, "code-wrong", "This code is not right, or no longer.");
const passwordWrong = () => new RouteRefusal(401, "password-wrong", "This is not the password.");

const withCookies = (body: unknown, cookies: readonly string[]): Response =>
  Response.json(body, { headers: cookies.map((cookie): [string, string] => ["set-cookie", cookie]) });

const record = (database: Database, member: Member, action: `account.${string}`) =>
  recordAudit(database, { member, action, subject: `user:${member.userId}` });

/** Asks the library for something that needs the password; who holds somebody's session must not be able to try passwords out with it. */
const withPassword = async (
  { request, database, caller, json }: SessionCall,
  path: "/two-factor/enable" | "/two-factor/disable" | "/two-factor/generate-backup-codes",
) => {
  const input = passwordInput.safeParse(await json(authLimits.bodyBytes));
  if (!input.success) throw passwordWrong();
  const guesses = guessLockOf(database);
  const { address } = requestOrigin(request.headers);
  const account = `two-factor ${caller.userId}`;
  const { waitMs } = guesses.take(address, account);
  if (waitMs > 0) {
    const seconds = String(Math.ceil(waitMs / 1000));
    throw new RouteRefusal(
      429,
      "too-many-requests",
      "Too many attempts.",
      { hint: `Wait ${seconds} seconds.` },
      { "retry-after": seconds },
    );
  }
  const answer = await forwardToAuth(database, request, { path, method: "POST", body: input.data });
  if (!answer.ok) throw passwordWrong();
  guesses.right(address, account);
  return answer;
};

const setUpAnswer = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
const codesAnswer = z.object({ backupCodes: z.array(z.string()) });

/** Begins: what the authenticator has to know, and the codes for the day it is lost. Nothing changes until a code was confirmed. */
export const setUpTwoFactor = async (call: SessionCall): Promise<Response> => {
  const { body, cookies } = await withPassword(call, "/two-factor/enable");
  const { totpURI, backupCodes } = setUpAnswer.parse(body);
  return withCookies({ uri: totpURI, recoveryCodes: backupCodes }, cookies);
};

/** From the first right code on, signing in with the password asks for one. All other sessions end. */
export const confirmTwoFactor = async ({ request, database, caller, json }: SessionCall): Promise<Response> => {
  const input = codeInput.safeParse(await json(authLimits.bodyBytes));
  if (!input.success) throw codeWrong();
  const { ok, cookies } = await forwardToAuth(database, request, {
    path: "/two-factor/verify-totp",
    method: "POST",
    body: input.data,
  });
  if (!ok) throw codeWrong();
  const { prisma } = database;
  // The library replaces the session by a new one, the latest; those from before the second factor are not to be trusted with it.
  const latest = await prisma.session.findFirst({ where: { userId: caller.userId }, orderBy: { createdAt: "desc" } });
  await prisma.session.deleteMany({ where: { userId: caller.userId, id: { not: latest?.id ?? "" } } });
  await record(database, caller, "account.set-two-factor");
  return withCookies({ ok: true }, cookies);
};

export const removeTwoFactor = async (call: SessionCall): Promise<Response> => {
  const { cookies } = await withPassword(call, "/two-factor/disable");
  await record(call.database, call.caller, "account.remove-two-factor");
  return withCookies({ ok: true }, cookies);
};

/** New recovery codes; those from before no longer work. */
export const renewRecoveryCodes = async (call: SessionCall): Promise<Response> => {
  const { body, cookies } = await withPassword(call, "/two-factor/generate-backup-codes");
  await record(call.database, call.caller, "account.renew-recovery-codes");
  return withCookies({ recoveryCodes: codesAnswer.parse(body).backupCodes }, cookies);
};

/** The second step of signing in, after a right password. */
export const verifyTwoFactor = async ({ request, database, json }: RouteCall<"public", unknown>): Promise<Response> => {
  const input = signInInput.safeParse(await json(authLimits.bodyBytes));
  if (!input.success) throw codeWrong();
  const isCode = "code" in input.data;
  const { ok, cookies } = await forwardToAuth(database, request, {
    path: isCode ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code",
    method: "POST",
    body: "code" in input.data ? input.data : { code: input.data.recoveryCode },
  });
  if (!ok) throw codeWrong();
  await recordSignIn(database, request.headers, cookies, isCode ? "password and code" : "password and recovery code");
  return withCookies({ ok: true }, cookies);
};

const own = { auth: "session", role: "viewer" } as const;
export const setUpRoute = guardRoute(own, setUpTwoFactor);
export const confirmRoute = guardRoute(own, confirmTwoFactor);
export const removeRoute = guardRoute(own, removeTwoFactor);
export const codesRoute = guardRoute(own, renewRecoveryCodes);
export const verifyRoute = guardRoute({ auth: "public" }, verifyTwoFactor);
