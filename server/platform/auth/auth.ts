import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { magicLink } from "better-auth/plugins/magic-link";
import { twoFactor } from "better-auth/plugins/two-factor";
import type { Database } from "@/server/platform/db/database";
import { type Address, baseUrl } from "@/server/platform/guard/address";
import { attemptCounter } from "@/server/platform/guard/attempt-counter";
import { clientAddressHeader } from "@/server/platform/guard/client-address";
import { parseUrl } from "@/server/platform/guard/parse-url";
import { authLimits } from "./auth-limits";
import { cookiePrefix } from "./cookie-prefix";

interface AuthOptions {
  readonly database: Database;
  readonly secret: string;
  readonly address: Address;
  /** Receives the token of a sign-in link. Left out, a link reaches nobody. */
  readonly onLink?: (token: string) => void;
}

/** Counts belong to one instance, where the library's own would be shared by all of the process. */
const attemptStorage = () => {
  const attempts = attemptCounter();
  return {
    consume: async (key: string, { window, max }: { readonly window: number; readonly max: number }) => {
      const waitMs = attempts.take(key, { most: max, windowMs: window * 1000 });
      return { allowed: waitMs === 0, retryAfter: waitMs === 0 ? null : Math.ceil(waitMs / 1000) };
    },
  };
};

/**
 * E-mail with password, and a sign-in link that the server itself hands out. There is no sign-up: members are made by the
 * server. Only the paths in app/api/auth are reachable over HTTP, so a feature of the library that nobody asked for is not.
 */
export const createAuth = ({ database, secret, address, onLink }: AuthOptions) =>
  betterAuth({
    appName: "Pipewright",
    database: prismaAdapter(database.prisma, { provider: "postgresql" }),
    secret,
    baseURL: baseUrl(address),
    basePath: "/api/auth",
    trustedOrigins: (request) => {
      // The route's guard has already refused every host that is not ours.
      const host = request?.headers.get("host");
      const own = host ? [parseUrl(`http://${host}`)?.origin, parseUrl(`https://${host}`)?.origin] : [];
      return own.filter((origin) => origin !== undefined);
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: authLimits.passwordMin,
      maxPasswordLength: authLimits.passwordMax,
    },
    plugins: [
      // No device is trusted for longer: whoever has the password and a browser that was left open would have both.
      twoFactor({ issuer: "Pipewright", backupCodeOptions: { amount: authLimits.recoveryCodes } }),
      magicLink({
        expiresIn: authLimits.linkSeconds,
        disableSignUp: true,
        storeToken: "hashed",
        sendMagicLink: ({ token }) => onLink?.(token),
        rateLimit: { window: authLimits.windowSeconds, max: authLimits.linkAttempts },
      }),
    ],
    session: { expiresIn: authLimits.sessionSeconds, updateAge: authLimits.sessionRenewSeconds },
    rateLimit: {
      enabled: true,
      customStorage: attemptStorage(),
      window: authLimits.windowSeconds,
      max: authLimits.requests,
      // Who guesses passwords is made to wait by guess-lock.ts, without keeping others out.
      customRules: { "/sign-in/email": false },
    },
    advanced: {
      cookiePrefix: cookiePrefix(address),
      useSecureCookies: baseUrl(address).startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      // A client can write x-forwarded-for itself; this one is written by our own server.
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    telemetry: { enabled: false },
    logger: { level: "error" },
  });

export type Auth = ReturnType<typeof createAuth>;
